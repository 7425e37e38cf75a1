"""The catalogue against the code: every key is used, every use has its text, every fact that a text needs is given."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from bot.domain.audit import Action, Authority
from bot.domain.audit_pages import Group
from bot.domain.changes import ChangeKind
from bot.domain.commands import COMMANDS
from bot.domain.invitations import Standing
from bot.domain.poll_posting import ENDINGS, EXPORT
from bot.domain.representations import Did
from bot.domain.roles import Role
from bot.view import poll_forms, poll_running, poll_voices, polls, troubles
from bot.view.texts import LOCALES, load

ROOT = Path(__file__).parents[2]
CODE = [path for folder in ("bot", "handlers") for path in sorted((ROOT / folder).rglob("*.py"))]
TREES = {path: ast.parse(path.read_text()) for path in CODE}
KEY = re.compile(r"[a-z]+(?:-[a-z]+)*")
SENTENCE = re.compile(r"[^\W\d_]\s+[^\W\d_]")


def catalogue(language: str = "en") -> Catalog:
    with (LOCALES / language / "LC_MESSAGES" / "convene.po").open("rb") as file:
        return read_po(file, locale=language)


MESSAGES: dict[str, Message] = {
    each.id if isinstance(each.id, str) else each.id[0]: each for each in catalogue() if each.id
}


def texts_of(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())


def placeholders(key: str) -> set[str]:
    return {name for text in texts_of(MESSAGES[key]) for _, name, _, _ in Formatter().parse(text) if name is not None}


CALLS = [(path, node) for path, tree in TREES.items() for node in ast.walk(tree) if isinstance(node, ast.Call)]


def calls(*names: str) -> Iterator[tuple[Path, ast.Call]]:
    """Every call of a function or method of such a name."""
    for path, node in CALLS:
        if getattr(node.func, "id", getattr(node.func, "attr", None)) in names:
            yield path, node


def literals(node: ast.expr) -> list[str]:
    """The strings that an argument may be: a literal, or either of two."""
    match node:
        case ast.Constant(value=str(text)):
            return [text]
        case ast.IfExp(body=body, orelse=orelse):
            return literals(body) + literals(orelse)
        case _:
            return []


def facts_of(call: ast.Call) -> set[str] | None:
    """The names of the facts given; None where some come from a mapping."""
    names = [each.arg for each in call.keywords]
    return None if None in names else {name for name in names if name}


def uses() -> Iterator[tuple[str, str, set[str] | None]]:
    """Each use of a literal key: which method, which key, which facts."""
    for _, call in calls("md", "plain", "count"):
        for key in literals(call.args[0]) if call.args else ():
            if KEY.fullmatch(key):
                yield getattr(call.func, "attr", getattr(call.func, "id", "")), key, facts_of(call)


def refusals() -> dict[str, list[set[str]]]:
    """By key, the facts that each raiser gives."""
    found: dict[str, list[set[str]]] = defaultdict(list)
    for _, call in calls("Refusal"):
        for key in literals(call.args[0]):
            facts = facts_of(call)
            assert facts is not None, f"{key}: facts of a refusal are named where it is raised"
            found[key].append(facts)
    return found


REFUSALS = refusals()
REASONS = {
    *(key for _, call in calls("Help") for argument in call.args[:1] for key in literals(argument)),
    *(key for _, call in calls("guide") for argument in call.args[2:3] for key in literals(argument)),
}
"""Why a guide is the answer."""

BUILT = {
    *(f"refusal-{key}" for key in REFUSALS),
    *(f"refusal-{key}-near" for key, raisers in REFUSALS.items() if any("suggestions" in facts for facts in raisers)),
    *(f"reason-{key}" for key in REASONS),
    *(f"form-choices-{each}" for each in ("one", "limit", "any")),
    *(f"menu-{entry}" for entry in (polls.MINE, polls.TAKE_BACK, polls.WHO, polls.RUN, poll_voices.ABSTAIN)),
    *(f"button-poll-{each}" for each in poll_running.PRESSED),
    *(f"form-{each}{hint}" for each in poll_forms.SWITCHES for hint in ("", "-hint")),
    *(f"form-{each}-{part}" for each in ("on", "close-by") for part in ("date", "time", "hint")),
    *(f"{said}-{kind}" for said in ("change", "changed") for kind in ChangeKind),
    *(
        f"owed-{kind}"
        for kind in (
            "invitation",
            "nudge",
            "lost",
            "progress",
            "poll",
            "poll-result",
            *ENDINGS,
            EXPORT,
            "webinar",
            "zones",
            "calendar",
            "claim",
            "decision",
            "seated",
            "unseated",
            *ChangeKind,
        )
    ),
    *(f"{said}-{standing}" for said in ("standing", "invitations") for standing in Standing),
    *(f"count-{state}" for state in troubles.STATES),
    *(f"trouble-{standing}" for standing in ("failed", "expired", "unknown", "asks")),
    *(f"represent-{each}" for each in Did),
    *(f"change-{kind}-{how}" for kind in ChangeKind for how in ("alone", "among")),
    *(f"audit-{action}" for action in Action),
    *(f"audit-as-{authority}" for authority in Authority),
    *(f"audit-group-{group}" for group in Group),
    *(f"audit-part-{part}" for part in ("title", "seats", "link", "leads")),
    *(f"role-{role}" for role in Role),
    *(key for each in COMMANDS for key in (each.description_key, each.usage_key)),
}
"""Keys that the code builds."""


def strings() -> set[str]:
    """Every string literal in the code."""
    return {text for tree in TREES.values() for text in spelt(tree)}


def spelt(tree: ast.AST) -> set[str]:
    return {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def test_every_key_that_the_code_uses_has_a_text() -> None:
    used = {key for _, key, _ in uses()} | BUILT
    assert len(used) > 100, "the scan finds the code"
    assert used - MESSAGES.keys() == set()


BESIDE = {f"beside-{key}" for key in REFUSALS}
"""What may be said beside an input instead of a refusal's own words."""


ROWS = {f"row-{key}{near}" for key in REFUSALS for near in ("", "-near")}
"""Likewise of a row in a file."""


OF_ANOTHER = {f"audit-{action}-{how}" for action in Action for how in ("for", "reason")}
"""How an act is worded that was done for somebody else, or for a reason."""


WHY = {
    f"why-{code}"
    for place in ("workspace", "storage")
    for path in Path(place).rglob("*.py")
    for code in spelt(ast.parse(path.read_text()))
}
"""What may be said of an error of Slack's, as far as the stand-in knows them."""


def test_every_text_is_used() -> None:
    ours = {f"why-{reason}" for reason in strings()}
    assert MESSAGES.keys() - strings() - BUILT - BESIDE - ROWS - OF_ANOTHER - WHY - ours == set()


def test_every_refusal_that_has_a_text_is_raised() -> None:
    worded = {key.removeprefix("refusal-").removesuffix("-near") for key in MESSAGES if key.startswith("refusal-")}
    assert worded - REFUSALS.keys() == set()


@pytest.mark.parametrize("key", sorted(REFUSALS))
def test_a_refusals_text_needs_only_what_each_of_its_raisers_says(key: str) -> None:
    given = set.intersection(*REFUSALS[key]) | {"p"}
    assert placeholders(f"refusal-{key}") - given == set()
    if f"refusal-{key}-near" in MESSAGES:
        assert placeholders(f"refusal-{key}-near") - given == set()


def test_a_text_needs_only_what_the_code_gives_it() -> None:
    for method, key, facts in uses():
        if facts is not None:
            given = facts | {"p"} | ({"n"} if method == "count" else set())
            assert placeholders(key) <= given, key


def test_the_code_gives_a_text_only_what_it_needs() -> None:
    for _, key, facts in uses():
        assert (facts or set()) <= placeholders(key), key


def test_what_is_counted_has_plural_forms_and_nothing_else_has() -> None:
    counted = {key for method, key, _ in uses() if method == "count"} | {
        "length-days",
        "length-hours",
        "length-minutes",
    }
    plural = {key for key, message in MESSAGES.items() if message.pluralizable}
    assert counted == plural


@pytest.mark.parametrize("language", sorted(load().words))
def test_every_language_words_every_key_with_the_same_facts(language: str) -> None:
    theirs = {each.id if isinstance(each.id, str) else each.id[0]: each for each in catalogue(language) if each.id}
    assert theirs.keys() == MESSAGES.keys()
    for key, message in theirs.items():
        texts = texts_of(message)
        assert len(texts) == (catalogue(language).num_plurals if message.pluralizable else 1), key
        assert all(texts), key
        assert not message.fuzzy, key
        names = {name for text in texts for _, name, _, _ in Formatter().parse(text) if name is not None}
        assert names <= placeholders(key) | {"n"}, key


def test_no_key_stands_twice_in_the_file() -> None:
    for path in LOCALES.glob("*/LC_MESSAGES/convene.po"):
        keys = re.findall(r'^msgid "(.+)"$', path.read_text(), re.MULTILINE)
        assert len(keys) == len(set(keys))


@pytest.mark.parametrize("key", sorted(MESSAGES))
def test_each_text_is_made_of_names_alone_and_formats(key: str) -> None:
    words = load("cv-").of("en-GB")
    facts = dict.fromkeys(placeholders(key) - {"p", "n"}, "x")
    assert all(KEY.fullmatch(name) for name in placeholders(key)), "no positions, attributes or indices"
    if MESSAGES[key].pluralizable:
        assert words.count(key, 1, **facts)
        assert "22" in words.count(key, 22, **facts)
    else:
        assert words.md(key, **facts) == words.plain(key, **facts)


def test_a_key_that_the_catalogue_lacks_is_a_fault() -> None:
    words = load().of(None)
    for look_up in (words.md, words.plain):
        with pytest.raises(KeyError, match="no-such-key"):
            look_up("no-such-key")
    with pytest.raises(KeyError, match="no-such-key"):
        words.count("no-such-key", 2)


def spoken(tree: ast.Module) -> Iterator[str]:
    """String literals with two words in them, but for docstrings, what is logged and what an exception says."""
    silent: set[ast.AST] = set()
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        for statement in body if isinstance(body, list) else ():
            if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
                silent.add(statement.value)
        is_log = isinstance(node, ast.Call) and getattr(getattr(node.func, "value", None), "id", "") == "log"
        if is_log or isinstance(node, ast.Raise):
            silent.update(ast.walk(node))
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in silent:
            yield node.value


@pytest.mark.parametrize(
    "path", [each for each in CODE if {"view", "handlers"} & set(each.parts)], ids=lambda each: each.stem
)
def test_no_words_that_a_member_reads_stand_outside_the_catalogue(path: Path) -> None:
    assert [text for text in spoken(TREES[path]) if SENTENCE.search(text)] == []


def test_commands_are_named_with_the_prefix_wherever_they_are_mentioned() -> None:
    names = "|".join(each.name for each in COMMANDS)
    for key, message in MESSAGES.items():
        for text in texts_of(message):
            assert not re.search(rf"/(?:{names})\b", text), key
