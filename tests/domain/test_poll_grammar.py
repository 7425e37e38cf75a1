from __future__ import annotations

from functools import partial
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.folding import without_hiding
from bot.domain.markup import plain_words
from bot.domain.new_polls import NewPoll
from bot.domain.poll_grammar import Help, ListPolls, OpenForm, PlannedPoll, PollCommand, PollVerb, parse
from bot.domain.poll_quotes import QUOTES, has_quote, quote
from tests.domain.refused import answer, key, readings, refusal, utc

ZURICH = ZoneInfo("Europe/Zurich")
NOW = utc("2026-11-24 09:00")  # 10:00 in Zurich
YES_NO = NewPoll("Q")


def read(typed: str) -> PollCommand:
    """What the grammar makes of it, as if everything were available."""
    return parse(typed, NOW, ZURICH)


def refused(typed: str) -> str:
    return key(lambda: read(typed))


# The grammar's own table, row by row.


@pytest.mark.parametrize(
    ("typed", "poll"),
    [
        ('"Which format?" "Event" "Submission"', NewPoll("Which format?", ("Event", "Submission"))),
        ("Will you attend?", NewPoll("Will you attend?")),
        (
            'anonymous limit 2 "Pick two" "A" "B" "C"',
            NewPoll("Pick two", ("A", "B", "C"), anonymous=True, votes=2),
        ),
        (
            '"Pick any" "A" "B" "C" --votes=0 --progress',
            NewPoll("Pick any", ("A", "B", "C"), votes=0, progress="shown"),
        ),
        ('“Smart” „quotes“ «work» "too"', NewPoll("Smart", ("quotes", "work", "too"))),
        (r'"a \"b\" c" "d\\e" "f"', NewPoll('a "b" c', ("d\\e", "f"))),
        ('"Q"   "two  spaces"\t"tab"', NewPoll("Q", ("two  spaces", "tab"))),
        (
            'end 2026-12-01T18:00 objection "Adopt the outline?"',
            NewPoll("Adopt the outline?", objection=True, end=utc("2026-12-01 17:00")),
        ),
        ('--anonymous "Q" "A" "B"', NewPoll("Q", ("A", "B"), anonymous=True)),
        ('anonymous "Q" "A" "B" --votes=2', NewPoll("Q", ("A", "B"), anonymous=True, votes=2)),
        ("end of year party?", NewPoll("end of year party?")),
    ],
)
def test_each_example_of_the_grammar_becomes_what_it_says(typed: str, poll: NewPoll) -> None:
    assert read(typed) == poll


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ('"Pick" "A" "B" --votes=3', "votes-too-many"),
        ('"Pick" "A" "B" --votes=-1', "votes-negative"),
        ('"Pick" "A" "B" --votes=x', "votes-not-a-number"),
        ('"Pick" "A" "B" --colour=red', "setting-unknown"),
        ('"Q" "A" "B" anonymous', "setting-after-question"),
        ("Are we ready? --anonymous", "settings-unquoted"),
        ('"Only one" "A"', "option-alone"),
        ("anonymous Are we ready?", "settings-unquoted"),
    ],
)
def test_each_example_that_the_grammar_refuses_is_refused_with_its_reason(typed: str, reason: str) -> None:
    assert refused(typed) == reason


# Subcommands.


@pytest.mark.parametrize(
    ("typed", "command"),
    [
        ("", OpenForm()),
        ("  ", OpenForm()),
        ("\u200e\u2800", OpenForm()),
        ("help", Help()),
        ("List", ListPolls()),
        ("planned", PlannedPoll(None)),
        ("planned ESCWA", PlannedPoll("ESCWA")),
        ('planned "Latin America"', PlannedPoll("Latin America")),
        ("results P7", PollVerb("results", 7)),
        ("close p7", PollVerb("close", 7)),
        ("reopen P7", PollVerb("reopen", 7)),
        ("nudge P7", PollVerb("nudge", 7)),
        ("edit P7", PollVerb("edit", 7)),
        ("export P7", PollVerb("export", 7)),
        ("DELETE P12", PollVerb("delete", 12)),
        ("close", Help("number-missing", "close")),
        ("frob P7", Help("verb-unknown", "frob")),
        ("help P7", Help("verb-unknown", "help")),
        ("lunch?", Help("single-word", "lunch?")),
        ("P7", Help("single-word", "P7")),
        ("anonymous", Help("single-word", "anonymous")),
        ("--anonymous", Help("single-word", "--anonymous")),
        ("close P1.", PollVerb("close", 1)),
        ("close P1!", PollVerb("close", 1)),
        ("Close P1 👍", PollVerb("close", 1)),
        ("results P1?", Help("command-inexact", "results P1?")),
        ("close 1", Help("number-missing", "close")),
        ("close #1", Help("number-missing", "close")),
        ("close the poll", Help("number-missing", "close")),
        ("close!", Help("number-missing", "close!")),
        ("close poll P1", Help("command-inexact", "close poll P1")),
        ("close P 1", Help("command-inexact", "close P 1")),
        ("results P99999999999", Help("number-missing", "results")),
        ("please close P1", Help("command-inexact", "please close P1")),
        ("close P1 and P2", Help("command-inexact", "close P1 and P2")),
        ("P1 close", Help("command-inexact", "P1 close")),
        ("list.", ListPolls()),
        ("Help!", Help()),
        ("help?", Help()),
        ("list polls", Help("command-inexact", "list polls")),
        ("show open polls", Help("command-inexact", "show open polls")),
        ("planned.", PlannedPoll(None)),
        ("planned ESCWA.", PlannedPoll("ESCWA")),
        ("lunch 🍕", Help("single-word", "lunch")),
    ],
)
def test_a_subcommand_is_the_whole_text_and_a_single_word_is_never_posted(typed: str, command: PollCommand) -> None:
    assert read(typed) == command


@pytest.mark.parametrize(
    "typed",
    [
        "close registration Friday?",
        "list of speakers ready?",
        "planned meeting on Friday?",
        "planned meeting?",
        "results by P7 or P8?",
        "help us?",
        "close 2 of the 3 offices?",
        "Is the list ready?",
    ],
)
def test_a_question_that_begins_with_a_verb_is_a_question(typed: str) -> None:
    assert read(typed) == NewPoll(typed)


# Quotes.


@pytest.mark.parametrize(
    ("typed", "poll"),
    [
        ('"Adopt the «Lima Declaration»?"', NewPoll("Adopt the «Lima Declaration»?")),
        ("«\u00a0Question ?\u00a0» «\u202fOui\u202f» «\u00a0Non\u00a0»", NewPoll("Question ?", ("Oui", "Non"))),
        ("»Frage?« »Ja« »Nein«", NewPoll("Frage?", ("Ja", "Nein"))),
        ('«Q" "A» stays" "B"', NewPoll("Q", ("A» stays", "B"))),
        ("〝Q〞 〝A〟 〝B〞", NewPoll("Q", ("A", "B"))),
        ('"Q""A""B"', NewPoll("Q", ("A", "B"))),
        ('"Lunch?"', NewPoll("Lunch?")),
        (r'"a \n b"', NewPoll(r"a \n b")),
        (r'"a \” b"', NewPoll("a ” b")),
        ('"it\'s" "don\'t" "won’t"', NewPoll("it's", ("don't", "won’t"))),
        ('"Ask <@U1|ana>?" "<!channel>" "<https://x.org|x>"', NewPoll("Ask @ana?", ("@channel", "https://x.org"))),
        ("Ask <@U1|ana> and <!here>?", NewPoll("Ask @ana and @here?")),
    ],
)
def test_quotes_of_any_kind_hold_questions_and_options(typed: str, poll: NewPoll) -> None:
    assert read(typed) == poll


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ('"Q" "A" "B', "quote-unclosed"),
        ('"Q\\"', "quote-unclosed"),
        ('don"t you agree?', "quote-in-word"),
        ('"don"t" "A" "B"', "quote-in-word"),
        ('anonymous"Q"', "quote-in-word"),
        ('Is 5" enough?', "quote-in-word"),
        ('"Q" or "A" "B"', "text-outside-quotes"),
        ('"Q" "A" "B" or so', "text-outside-quotes"),
        ('Should we adopt "Lima"?', "text-outside-quotes"),
    ],
)
def test_a_quote_or_words_out_of_place_are_refused(typed: str, reason: str) -> None:
    assert refused(typed) == reason


def test_words_before_a_quote_are_offered_as_one_question() -> None:
    offered = readings(lambda: read('Should we adopt "Lima"'))
    assert offered == (r'"Should we adopt \"Lima\""',)
    assert read(offered[0]) == NewPoll('Should we adopt "Lima"')


@pytest.mark.parametrize(
    ("typed", "reading"),
    [
        ("'Which format?' 'Event' 'Submission'", '"Which format?" "Event" "Submission"'),
        ("‘Which format?’ ‘Event’ ‘Submission’", '"Which format?" "Event" "Submission"'),
        ("'Don't we?' 'Yes', 'It's not'", '"Don\'t we?" "Yes", "It\'s not"'),
        ("anonymous 'Q' 'A' 'B'", 'anonymous "Q" "A" "B"'),
        ("'Q' 'A' 'B' --anonymous", '"Q" "A" "B" --anonymous'),
        ("'Q' 'A' 'B' anonymous", '"Q" "A" "B" --anonymous'),
    ],
)
def test_single_quotes_around_each_part_are_refused_with_double_ones(typed: str, reading: str) -> None:
    assert refused(typed) == "quotes-single"
    assert readings(lambda: read(typed)) == (reading,)
    assert isinstance(read(reading), NewPoll)


def test_single_quotes_that_make_no_poll_in_double_ones_are_refused_all_the_same() -> None:
    assert refused("'Only' 'one'") == "quotes-single"
    assert readings(lambda: read("'Only' 'one'")) == ()


@pytest.mark.parametrize("typed", ["'Lima' or 'Quito'?", "Is it the Chairs' or the States' turn?", "'Lima or Quito?'"])
def test_single_quotes_within_a_question_are_its_own(typed: str) -> None:
    assert read(typed) == NewPoll(typed)


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ('Which format? "Event" "Submission"', ('"Which format?" "Event" "Submission"',)),
        ('Lunch? "Yes" "No" --votes=2', ('"Lunch?" "Yes" "No" --votes=2',)),
        ('limit 2 Which format? "A" "B" "C"', ('limit 2 "Which format?" "A" "B" "C"',)),
        ('\'Which format?\' "A" "B"', ('"Which format?" "A" "B"',)),
        (
            'Which format? anonymous "A" "B"',
            ('anonymous "Which format?" "A" "B"', '"Which format? anonymous" "A" "B"'),
        ),
        ('Which format? "A" "A"', ()),
        (
            'secret ballot about "Lima"',
            ('anonymous "about \\"Lima\\""', '"secret ballot about \\"Lima\\""'),
        ),
    ],
)
def test_a_question_outside_the_quotes_is_offered_within_them(typed: str, offered: tuple[str, ...]) -> None:
    assert refused(typed) == "text-outside-quotes"
    assert readings(lambda: read(typed)) == offered


@pytest.mark.parametrize(
    "typed", ['"Q", "A", "B".', '"Q"; "A" ; "B" ,', '"Q" . "A","B"', '"Q": "A", "B"', "«Q»، «A»، «B»"]
)
def test_a_lone_separator_between_or_after_quoted_parts_is_space(typed: str) -> None:
    assert read(typed) == NewPoll("Q", ("A", "B"))


def test_a_separator_before_a_flag_is_space() -> None:
    assert read('"Q", "A", "B", --anonymous.') == NewPoll("Q", ("A", "B"), anonymous=True)


# Questions and options.


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ('""', "question-empty"),
        ('"  " "A" "B"', "question-empty"),
        (f'"{"x" * 1001}"', "question-too-long"),
        ("x " * 501 + "x", "question-too-long"),
        ('"Q" "A" ""', "option-empty"),
        ('"Q" "A" "«\u00a0»"', ""),
        ('"Q" "A" "  "', "option-empty"),
        (f'"Q" "A" "{"x" * 201}"', "option-too-long"),
        ('"Q" "Event" "EVENT"', "options-alike"),
        ('"Q" "two  words" "Two words"', "options-alike"),
        ('"\u200e" "A" "B"', "question-empty"),
        ('"\u2800"', "question-empty"),
        ('"Q" "A" "\u200b"', "option-empty"),
        ('"Q" "A" "\u200e\u2060"', "option-empty"),
        ('"Q" "A" "\u2800"', "option-empty"),
        ('"Q" "Yes" "Yes\u200e"', "options-alike"),
        ('"Q" "Yes" "Ye\u200ds"', "options-alike"),
        ('"Q" ' + " ".join(f'"{n}"' for n in range(21)), "options-many"),
    ],
)
def test_questions_and_options_have_their_limits(typed: str, reason: str) -> None:
    if reason:
        assert refused(typed) == reason
    else:
        assert isinstance(read(typed), NewPoll)


def test_too_much_is_refused_with_the_count() -> None:
    assert refusal(lambda: read(f'"{"x" * 1001}"')).facts == {"count": 1001, "limit": 1000}


def test_limits_are_kept_on_the_near_side() -> None:
    options = tuple(f"{n} " + "x" * 197 for n in range(10, 30))
    typed = " ".join(quote(part) for part in ("x" * 1000, *options))
    assert read(typed) == NewPoll("x" * 1000, options)


def test_what_turns_text_around_is_left_out_and_what_joins_letters_is_kept() -> None:
    typed = '"\u202eQ\u202c" "\u2066می\u200cخواهم\u2069" "क्\u200dष"'
    assert read(typed) == NewPoll("Q", ("می\u200cخواهم", "क्\u200dष"))


def test_options_that_differ_in_accents_are_two() -> None:
    assert read('"Q" "resume" "résumé"') == NewPoll("Q", ("resume", "résumé"))


# For any input.

parts = st.text(min_size=1, max_size=40).map(str.strip).filter(lambda part: part and plain_words(part) == part)
distinct = st.lists(parts, min_size=2, max_size=20, unique_by=lambda part: " ".join(part.casefold().split()))


@given(parts, st.just([]) | distinct)
def test_what_is_quoted_is_read_back_the_same(question: str, options: list[str]) -> None:
    typed = " ".join(quote(part) for part in (question, *options))
    poll = answer(lambda: read(typed), "options-alike", "option-empty", "question-empty")
    assert isinstance(poll, NewPoll | None)
    assert not poll or [poll.question, *poll.options] == [without_hiding(part).strip() for part in (question, *options)]


@given(st.text(f'ab \\{QUOTES}"', max_size=30).map(str.strip).filter(bool))
def test_quotes_and_backslashes_survive_quoting(question: str) -> None:
    assert read(quote(question)) == NewPoll(question)


OFFERED = {
    "settings-unquoted", "settings-unquoted-language", "anonymity-unclear", "quotes-single", "text-outside-quotes",
    "setting-after-question", "setting-unknown",
}  # fmt: skip

words = st.sampled_from(
    [
        "anonymous", "--anonymous", "—hidden", "limit", "2", "any", "--votes=2", "--votes", "end", "on", "tomorrow",
        "17:00", "by", "mechanism", "lang", "fr", "objection", '"Q"', '"A"', "“B”", "«C»", '"', "P7", "close",
        "planned", "what", "—", "-", "\\", "10/12/2026", "'A'", "(anonymous)", "secret", "ballot", "?", ",", ".",
    ]
)  # fmt: skip


@given(st.text() | st.lists(words, max_size=12).map(" ".join) | st.text(f"ab -—=\\{QUOTES}"))
def test_anything_typed_is_a_command_or_refused_and_readings_are_understood(typed: str) -> None:
    command = answer(lambda: read(typed), "")
    assert isinstance(command, PollCommand | None)
    if not command and refused(typed) in OFFERED:
        assert all(isinstance(read(reading), NewPoll) for reading in readings(lambda: read(typed)))


@given(st.sampled_from(["anonymous", "(anonymous)", "anonymously", "secret ballot"]), st.lists(words, max_size=6))
def test_unquoted_text_with_it_at_either_end_is_never_a_named_poll(asked: str, others: list[str]) -> None:
    for typed in (" ".join([asked, *others]), " ".join([*others, asked])):
        poll = answer(partial(read, typed), "")
        assert not isinstance(poll, NewPoll) or has_quote(typed)


@given(st.lists(words, max_size=12).map(" ".join))
def test_a_named_poll_never_drops_the_word_anonymous(typed: str) -> None:
    poll = answer(lambda: read(typed), "")
    if isinstance(poll, NewPoll) and "anonymous" in typed and not poll.anonymous:
        assert any("anonymous" in part for part in (poll.question, *poll.options))
        assert not typed.startswith(("anonymous", "--anonymous"))


@pytest.mark.parametrize(
    ("typed", "command"),
    [
        ("results P7 channel", PollVerb("results", 7, "channel")),
        ("results P7 to the channel", PollVerb("results", 7, "channel")),
        ("results P7 to me", PollVerb("results", 7)),
        ("results P7 channel?", Help("command-inexact", "results P7 channel?")),
        ("Reopen p7 END tomorrow 17:00", PollVerb("reopen", 7, "tomorrow 17:00")),
        ("reopen P7 end 2026-12-10T10:00+01:00", PollVerb("reopen", 7, "2026-12-10T10:00+01:00")),
        ("duplicate P7", PollVerb("duplicate", 7)),
        ("list closed", ListPolls(closed=True)),
        ("reopen P7 for Europe?", NewPoll("reopen P7 for Europe?")),
        ("results P7 or P8 first?", NewPoll("results P7 or P8 first?")),
    ],
)
def test_a_verb_may_say_to_whom_or_until_when(typed: str, command: PollCommand) -> None:
    assert read(typed) == command
