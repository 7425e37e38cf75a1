from __future__ import annotations

from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from bot.domain.new_polls import NewPoll
from bot.domain.poll_grammar import PollCommand, parse
from bot.domain.poll_quotes import quote
from bot.domain.poll_settings import KNOWN_FLAGS, KNOWN_WORDS
from tests.domain.refused import key, readings, refusal, texts, utc

ZURICH = ZoneInfo("Europe/Zurich")
NOW = utc("2026-11-24 09:00")  # 10:00 in Zurich
YES_NO = NewPoll("Q")


def read(typed: str) -> PollCommand:
    return parse(typed, NOW, ZURICH)


def refused(typed: str) -> str:
    return key(lambda: read(typed))


# Settings.


@pytest.mark.parametrize(
    ("setting", "poll"),
    [
        ("anonymous", replace(YES_NO, anonymous=True)),
        ("ANONYMOUS", replace(YES_NO, anonymous=True)),
        ("hidden", replace(YES_NO, progress="hidden")),
        ("limit", YES_NO),
        ("limit 2", replace(YES_NO, votes=2)),
        ("limit any", replace(YES_NO, votes=0)),
        ("add-choice", replace(YES_NO, add_choice=True)),
        ("add-choice limit 5", replace(YES_NO, add_choice=True, votes=5)),
        ("by mechanism", replace(YES_NO, by_mechanism=True)),
        ("by person", YES_NO),
        ("on 2026-12-01T10:30", replace(YES_NO, on=utc("2026-12-01 09:30"))),
        ("end tomorrow 17:00", replace(YES_NO, end=utc("2026-11-25 16:00"))),
        ("end in 2 days anonymous", replace(YES_NO, end=utc("2026-11-26 09:00"), anonymous=True)),
        ("on 17:00 end 18:00", replace(YES_NO, on=utc("2026-11-24 16:00"), end=utc("2026-11-24 17:00"))),
        ("lang FR", replace(YES_NO, lang="fr")),
        ("objection end 17:00", replace(YES_NO, objection=True, end=utc("2026-11-24 16:00"))),
        ("limit anonymous", replace(YES_NO, anonymous=True)),
    ],
)
def test_a_setting_before_the_question_may_be_a_word(setting: str, poll: NewPoll) -> None:
    assert read(f'{setting} "Q"') == poll


@pytest.mark.parametrize(
    ("flags", "poll"),
    [
        ("--anonymous", replace(YES_NO, anonymous=True)),
        ("—anonymous", replace(YES_NO, anonymous=True)),
        ("–Anonymous", replace(YES_NO, anonymous=True)),
        ("--hidden", replace(YES_NO, progress="hidden")),
        ("--progress", replace(YES_NO, progress="shown")),
        ("--votes=2", replace(YES_NO, votes=2)),
        ("--votes 2", replace(YES_NO, votes=2)),
        ("–votes=2", replace(YES_NO, votes=2)),
        ("--votes=0", replace(YES_NO, votes=0)),
        ("--votes 0 --anonymous", replace(YES_NO, votes=0, anonymous=True)),
        ("--public-add-option", replace(YES_NO, add_choice=True)),
        ("--by=mechanism", replace(YES_NO, by_mechanism=True)),
        ("--by mechanism", replace(YES_NO, by_mechanism=True)),
        ("--on=2026-12-01T10:30", replace(YES_NO, on=utc("2026-12-01 09:30"))),
        ("--end=tomorrow 17:00 --anonymous", replace(YES_NO, end=utc("2026-11-25 16:00"), anonymous=True)),
        ("--end=in 2 days", replace(YES_NO, end=utc("2026-11-26 09:00"))),
        ("--lang=pt-BR", replace(YES_NO, lang="pt-br")),
        ("--objection --end 17:00", replace(YES_NO, objection=True, end=utc("2026-11-24 16:00"))),
    ],
)
def test_a_flag_stands_on_either_side(flags: str, poll: NewPoll) -> None:
    assert read(f'{flags} "Q"') == read(f'"Q" {flags}') == poll


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ('"Q" --anonymous "A" "B"', "setting-in-the-middle"),
        ('"Q" "A" hidden "B"', "setting-in-the-middle"),
        ('"Q" --anonymous hidden', "setting-after-question"),
        ('anonymos "Q" "A" "B"', "setting-unknown"),
        ('only "Q"', "setting-unknown"),
        ('ending 17:00 anonymous "Q"', "setting-unknown"),
        ('-anonymous "Q"', "setting-unknown"),
        ('anonymous, hidden "Q"', "setting-unknown"),
        ('"Q" --add-choice', "setting-unknown"),
        ('anonymous anonymous "Q"', "setting-twice"),
        ('anonymous "Q" --anonymous', "setting-twice"),
        ('hidden "Q" --progress', "progress-unclear"),
        ('limit 2 "Q" --votes=2', "setting-twice"),
        ('"Q" --votes', "setting-value-missing"),
        ('"Q" --votes --anonymous', "setting-value-missing"),
        ('"Q" --votes=', "setting-value-missing"),
        ('end "Q"', "setting-value-missing"),
        ('lang "Q"', "setting-value-missing"),
        ('by "Q"', "setting-value-missing"),
        ('limit 0 "Q"', "votes-zero"),
        ('limit -1 "Q"', "votes-negative"),
        ('limit x "Q"', "votes-not-a-number"),
        ('limit 3 "Q"', "votes-too-many"),
        ('"Q" --votes 99999999999', "votes-not-a-number"),
        ('"Q" --anonymous=no', "setting-takes-no-value"),
        ('by country "Q"', "electorate-unknown"),
        ('lang français "Q"', "language-unreadable"),
        ('end 09:00 "Q"', "when-past"),
        ('end soon "Q"', "when-unreadable"),
        ('end 2027-03-28 02:30 "Q"', "time-skipped"),
        ('end 2027-10-31 02:30 "Q"', "time-repeated"),
        ('end 2026-02-30 10:00 "Q"', "date-unreadable"),
        ('on 18:00 end 17:00 "Q"', "end-before-start"),
        ('on 17:00 end 17:00 "Q"', "end-before-start"),
        ('on 11:00 end in 60 minutes "Q"', "end-before-start"),
        ('objection "Q"', "objection-needs-end"),
        ('objection end 17:00 "Q" "A" "B"', "objection-has-options"),
        ('objection end 17:00 add-choice "Q"', "objection-conflict"),
        ('objection end 17:00 limit 2 "Q"', "objection-conflict"),
    ],
)
def test_a_setting_that_cannot_be_placed_is_refused_aloud(typed: str, reason: str) -> None:
    assert refused(typed) == reason


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        (
            'end 10/12/2026  17:00 "Q"',
            ('end 2026-12-10  17:00 "Q"', 'end 2026-10-12  17:00 "Q"'),
        ),
        (
            '"Q" --end=2027-03-28 02:30 --anonymous',
            ('"Q" --end=2027-03-28T01:30 --anonymous', '"Q" --end=2027-03-28T03:30 --anonymous'),
        ),
        (
            '"Q" --end 2027-10-31 02:30',
            ('"Q" --end 2027-10-31T02:30+02:00', '"Q" --end 2027-10-31T02:30+01:00'),
        ),
    ],
)
def test_a_when_with_two_readings_is_refused_with_whole_commands(typed: str, offered: tuple[str, ...]) -> None:
    assert readings(lambda: read(typed)) == offered


# Unquoted text takes no settings.


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("Are we ready? --anonymous", ('"Are we ready?" --anonymous', '"Are we ready? --anonymous"')),
        ("Are we ready? —anonymous", ('"Are we ready?" --anonymous', '"Are we ready? —anonymous"')),
        ("Are we ready? – anonymous", ('"Are we ready?" --anonymous', '"Are we ready? – anonymous"')),
        ("Are we ready? -anonymous", ('"Are we ready?" --anonymous', '"Are we ready? -anonymous"')),
        ("Are we ready?--votes=2", ('"Are we ready?" --votes=2', '"Are we ready?--votes=2"')),
        ("Are we ready? --colour=red", ('"Are we ready? --colour=red"',)),
        ("Are we --hidden ready?", ('"Are we --hidden ready?"',)),
        ("anonymous Are we ready?", ('anonymous "Are we ready?"', '"anonymous Are we ready?"')),
        ("Anonymous, are we ready?", ('Anonymous "are we ready?"', '"Anonymous, are we ready?"')),
        ("ANONYMOUS - are we ready?", ('ANONYMOUS "are we ready?"', '"ANONYMOUS - are we ready?"')),
        ("Hidden costs known?", ('Hidden "costs known?"', '"Hidden costs known?"')),
        ("add-choice Where next?", ('add-choice "Where next?"', '"add-choice Where next?"')),
        ("by mechanism Are we ready?", ('by mechanism "Are we ready?"', '"by mechanism Are we ready?"')),
        ("limit 2 Which ones?", ('limit 2 "Which ones?"', '"limit 2 Which ones?"')),
        ("anonymous limit any Which?", ('anonymous limit any "Which?"', '"anonymous limit any Which?"')),
        ("--anonymous Are we ready?", ('--anonymous "Are we ready?"', '"--anonymous Are we ready?"')),
        (
            "end tomorrow 17:00 objection Adopt it?",
            ('end tomorrow 17:00 objection "Adopt it?"', '"end tomorrow 17:00 objection Adopt it?"'),
        ),
        ("objection Adopt it?", ('"objection Adopt it?"',)),
        ("lang en Shall we?", ('lang en "Shall we?"', '"lang en Shall we?"')),
        ("Are we\u200b ready? -\u200b-anonymous", ('"Are we ready?" --anonymous', '"Are we ready? --anonymous"')),
    ],
)
def test_unquoted_text_that_may_hold_a_setting_is_refused_with_what_would_be_understood(
    typed: str, offered: tuple[str, ...]
) -> None:
    assert refused(typed) == "settings-unquoted"
    assert readings(lambda: read(typed)) == offered
    assert all(isinstance(read(reading), NewPoll) for reading in offered)


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("Shall we adopt? anonymous", ('anonymous "Shall we adopt?"', '"Shall we adopt? anonymous"')),
        ("Shall we adopt? (anonymous)", ('anonymous "Shall we adopt?"', '"Shall we adopt? (anonymous)"')),
        ("[anonymous] Shall we adopt?", ('anonymous "Shall we adopt?"', '"[anonymous] Shall we adopt?"')),
        ("anonymously: Shall we?", ('anonymous "Shall we?"', '"anonymously: Shall we?"')),
        ("an anonymous poll: Shall we?", ('anonymous "Shall we?"', '"an anonymous poll: Shall we?"')),
        ("secret Shall we?", ('anonymous "Shall we?"', '"secret Shall we?"')),
        ("secret ballot: Shall we?", ('anonymous "Shall we?"', '"secret ballot: Shall we?"')),
        ("private ballot: Shall we?", ('anonymous "Shall we?"', '"private ballot: Shall we?"')),
        ("Is it anonymous?", ('anonymous "Is it anonymous?"', '"Is it anonymous?"')),
        ("anonymously or not?", ('anonymous "or not?"', '"anonymously or not?"')),
        ("anonymous poll", ('"anonymous poll"',)),
        ("anonymous poll: Shall we?", ('anonymous "Shall we?"', '"anonymous poll: Shall we?"')),
        ("anonymous hidden", ('anonymous "hidden"', '"anonymous hidden"')),
        ("Shall we? anony\u200dmous", ('anonymous "Shall we?"', '"Shall we? anonymous"')),
        (
            "limit 2 Which ones? (anonymous)",
            (
                'anonymous limit 2 "Which ones?"',
                'limit 2 "Which ones? (anonymous)"',
                '"limit 2 Which ones? (anonymous)"',
            ),
        ),
        (
            "Are we --hidden ready? anonymous",
            ('anonymous "Are we --hidden ready?"', '"Are we --hidden ready? anonymous"'),
        ),
    ],
)
def test_what_may_ask_for_an_anonymous_poll_is_refused_with_that_reading_first(
    typed: str, offered: tuple[str, ...]
) -> None:
    assert key(lambda: read(typed)) == "anonymity-unclear"
    assert readings(lambda: read(typed)) == offered
    first = read(offered[0])
    assert isinstance(first, NewPoll)
    assert first.anonymous == (len(offered) > 1)


# What is not available yet.


def test_a_reading_in_a_language_that_is_not_there_is_not_offered() -> None:
    typed = "lang fr On y va ?"
    assert key(lambda: read(typed)) == "settings-unquoted-language"
    assert readings(lambda: read(typed)) == (quote(typed),)


@pytest.mark.parametrize("typed", ['colour "Q"', '"Q" --colour'])
def test_the_settings_that_there_are_are_named(typed: str) -> None:
    known = texts(refusal(lambda: read(typed)).facts["known"])
    assert known in {KNOWN_WORDS, KNOWN_FLAGS}


# Words after the options.


@pytest.mark.parametrize(
    ("typed", "reading"),
    [
        ('"Q" "A" "B" – anonymous', '"Q" "A" "B" --anonymous'),
        ('"Q" "A" "B" - anonymous', '"Q" "A" "B" --anonymous'),
        ('"Q" "A" "B" -- votes 2', '"Q" "A" "B" --votes 2'),
        ('"Q" "A" "B" anonymous', '"Q" "A" "B" --anonymous'),
        ('"Q" "A" "B" limit any', '"Q" "A" "B" --votes any'),
        ('"Q" "A" "B" (anonymous)', '"Q" "A" "B" --anonymous'),
        ('"Q" "A" "B", anonymously please.', '"Q" "A" "B" --anonymous'),
        ('"Q" "A" "B" secret ballot', '"Q" "A" "B" --anonymous'),
        ('"Q"; anonymous', '"Q" --anonymous'),
    ],
)
def test_a_setting_as_a_word_after_the_options_is_offered_as_its_flag(typed: str, reading: str) -> None:
    refused = refusal(lambda: read(typed))
    assert refused.key == "setting-after-question"
    assert refused.facts["flag"] == next(word for word in reading.split() if word.startswith("--"))
    assert readings(lambda: read(typed)) == (reading,)
    assert isinstance(read(reading), NewPoll)


@pytest.mark.parametrize(
    "typed",
    ['anonymously "Q" "A" "B"', '-anonymous "Q" "A" "B"', 'Anonymous poll: "Q" "A" "B"', 'secret ballot: "Q" "A" "B"'],
)
def test_what_may_ask_for_an_anonymous_poll_before_quotes_is_offered_as_the_setting(typed: str) -> None:
    assert key(lambda: read(typed)) == "setting-unknown"
    assert readings(lambda: read(typed)) == ('anonymous "Q" "A" "B"',)


@pytest.mark.parametrize(
    "typed",
    [
        "end of year party?",
        "on Friday at noon?",
        "limit the scope of the review?",
        "by when do we answer?",
        "Lima–Quito next?",
        "Meet again — on site?",
        "Is the anonymous hotline ready?",
        "objections anyone?",
        "A state-by-state review?",
    ],
)
def test_an_honest_question_is_a_yes_no_poll(typed: str) -> None:
    assert read(typed) == NewPoll(typed)
