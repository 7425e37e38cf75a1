from __future__ import annotations

import pytest

from bot.domain.mechanism_grammar import (
    AddMechanism,
    Help,
    ListMechanisms,
    LoadRegister,
    MechanismChange,
    MechanismCommand,
    MechanismVerb,
    edit_text,
    parse,
)
from tests.domain import refused


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("", ListMechanisms()),
        ("List.", ListMechanisms()),
        ("all", ListMechanisms(everything=True)),
        ("show all", ListMechanisms(everything=True)),
        ("help", Help()),
        ("Load", LoadRegister()),
        ("add", AddMechanism()),
        ("add “My forum”", AddMechanism("My forum")),
        ("new My forum", AddMechanism("My forum")),
        ("Colombo Process", MechanismVerb("show", "Colombo Process")),
        ("show PIDC", MechanismVerb("show", "PIDC")),
        ("edit PIDC", MechanismVerb("edit", "PIDC")),
        ("Retire Colombo Process", MechanismVerb("retire", "Colombo Process")),
        ("unretire PIDC", MechanismVerb("restore", "PIDC")),
        ('alias PIDC "Pacific Community"', MechanismChange("alias", 'PIDC "Pacific Community"')),
        ("zone PIDC Apia", MechanismChange("zone", "PIDC Apia")),
    ],
)
def test_a_verb_is_read_and_anything_else_is_a_mechanism_to_show(typed: str, asked: MechanismCommand) -> None:
    assert parse(typed) == asked


@pytest.mark.parametrize("verb", ["show", "edit", "retire", "restore", "alias", "zone"])
def test_a_verb_without_a_mechanism_is_asked_back(verb: str) -> None:
    assert refused.key(lambda: parse(verb)) == "mechanism-missing"


def test_the_register_is_loaded_whole() -> None:
    assert refused.key(lambda: parse("load PIDC")) == "mechanisms-load-all"


def test_what_a_form_is_about_is_read_back_the_same() -> None:
    assert parse(edit_text("mid-igad").removeprefix("mechanisms ")) == MechanismVerb("edit", '"mid-igad"')
