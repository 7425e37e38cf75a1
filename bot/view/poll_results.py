"""A poll's result in the words of its documents: the picture, and the tables of the workbook."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from bot.domain.pictures import Bar, Picture
from bot.domain.poll_results import AnonymousResult, Given, NamedResult, Result, Silence
from bot.domain.polls import PollState
from bot.domain.tables import Cell, Table
from bot.view import times
from bot.view.representatives import how
from bot.view.texts import Words

STATES = {
    PollState.OPEN: "result-open",
    PollState.CLOSED: "result-closed",
    PollState.TAKEN_BACK: "result-taken-back",
}


def picture(words: Words, result: Result, zone: ZoneInfo) -> Picture:
    """Dates are those of `zone`, which is said with them."""
    return Picture(
        title=result.question,
        stand_in=words.plain("result-poll", number=result.number),
        headline=silence(words, result, zone),
        bars=tuple(
            Bar(
                text=tally.text,
                stand_in=words.plain("result-nth-option", number=place),
                percent=percent,
                figures=words.count("result-figures", tally.votes, percent=percent),
            )
            for place, (tally, percent) in enumerate(zip(result.tallies, result.percents, strict=True), 1)
        ),
        rows=(_standing(words, result, zone), _turnout(words, result), _rules(words, result)),
        left_out=words.plain("result-left-out"),
    )


def tables(words: Words, result: Result) -> tuple[Table, ...]:
    """The counts; the answers, unless it is anonymous; objections, where there are any; and what poll it is."""
    match result:
        case NamedResult():
            told = [_answers(words, result), *_objections(words, result)]
        case AnonymousResult():
            told = [*_reasons(words, result)]
    return (_counts(words, result), *told, _about(words, result))


def silence(words: Words, result: Result, zone: ZoneInfo) -> str:
    """What has become of a silence procedure; empty where the poll is none."""
    if result.silence is None:
        return ""
    match result.silence.outcome:
        case Silence.RUNNING if result.ends_at is not None:
            return words.plain("silence-running-until", time=times.moment(words, result.ends_at, zone))
        case Silence.RUNNING:
            return words.plain("silence-running")
        case Silence.ADOPTED:
            return words.plain("silence-adopted")
        case Silence.OBJECTED:
            return words.count("silence-objected", result.silence.objections)
        case Silence.ENDED_EARLY:
            return words.plain("silence-ended-early")


def _standing(words: Words, result: Result, zone: ZoneInfo) -> str:
    """`P7 · closed · Thu 10 Dec 2026, 18:00 (UTC)`."""
    parts = [words.plain("poll-number", number=result.number), words.plain(STATES[result.state])]
    if result.closed_at is not None:
        parts.append(times.moment(words, result.closed_at, zone))
    elif result.ends_at is not None:
        parts.append(words.plain("result-until", time=times.moment(words, result.ends_at, zone)))
    return " · ".join(parts)


def _turnout(words: Words, result: Result) -> str:
    """`14 of 19 mechanisms answered · 2 abstentions`."""
    parts = [_answered(words, result)]
    if result.abstained:
        parts.append(words.count("result-abstentions", result.abstained))
    return " · ".join(parts)


def _answered(words: Words, result: Result) -> str:
    known, could = result.answered, result.could
    if could is None:
        return words.count("result-mechanisms" if result.by_mechanism else "result-people", known)
    return words.count("result-mechanisms-of" if result.by_mechanism else "result-people-of", could, answered=known)


def _rules(words: Words, result: Result) -> str:
    """`one choice · named · percentages without abstentions`."""
    kind = "result-anonymous" if isinstance(result, AnonymousResult) else "result-named"
    basis = [words.plain("result-basis")] if result.abstained else []
    return " · ".join((_choices(words, result), words.plain(kind), *basis))


def _choices(words: Words, result: Result) -> str:
    return words.count("poll-choices", result.choices) if result.choices else words.plain("poll-any")


def _counts(words: Words, result: Result) -> Table:
    """In brackets below the options: who chose none of them, as far as that is known."""
    rows: list[tuple[Cell, ...]] = [
        (tally.text, tally.votes, percent) for tally, percent in zip(result.tallies, result.percents, strict=True)
    ]
    if result.abstained:
        rows.append((words.plain("result-row-abstained"), result.abstained, None))
    if result.unanswered is not None:
        rows.append((words.plain("result-row-unanswered"), result.unanswered, None))
    headings = ("result-heading-option", "result-heading-votes", "result-heading-percent")
    return Table(words.plain("result-sheet-counts"), tuple(map(words.plain, headings)), tuple(rows))


def _answers(words: Words, result: NamedResult) -> Table:
    headings = ["result-heading-answer", "result-heading-by", "result-heading-how", "result-heading-when"]
    if result.by_mechanism:
        headings = ["result-heading-mechanism", "result-heading-code", *headings]
    else:
        headings = ["result-heading-person", *headings]
    rows = tuple(
        (each.name, *([each.code] if result.by_mechanism else []), *_given(words, each.given)) for each in result.table
    )
    return Table(words.plain("result-sheet-answers"), tuple(map(words.plain, headings)), rows)


def _given(words: Words, given: Given | None) -> tuple[Cell, ...]:
    if given is None:
        return words.plain("result-unanswered"), None, None, None
    answer = "; ".join(given.chosen) or words.plain("result-abstained")
    came = words.plain("result-by-button") if given.how is None else how(words, given.how)
    return answer, given.by, came, given.at


def _objections(words: Words, result: NamedResult) -> list[Table]:
    if not result.objections:
        return []
    voice = "result-heading-mechanism" if result.by_mechanism else "result-heading-person"
    headings = (voice, "result-heading-reason", "result-heading-by", "result-heading-when")
    rows = tuple(
        (each.name, each.reason or None, each.by, each.at)
        for each in sorted(result.objections, key=lambda objection: objection.at)
    )
    return [Table(words.plain("result-sheet-objections"), tuple(map(words.plain, headings)), rows)]


def _reasons(words: Words, result: AnonymousResult) -> list[Table]:
    rows = tuple((each,) for each in sorted(result.reasons) if each)
    if not rows:
        return []
    return [Table(words.plain("result-sheet-objections"), (words.plain("result-heading-reason"),), rows)]


def _about(words: Words, result: Result) -> Table:
    facts: dict[str, Cell] = {
        "result-heading-question": result.question,
        "result-heading-number": words.plain("poll-number", number=result.number),
        "result-heading-state": words.plain(STATES[result.state]),
        "result-heading-ends": result.ends_at,
        "result-heading-closed": result.closed_at,
        "result-heading-rules": _rules(words, result),
        "result-heading-answered": result.answered,
        "result-heading-could": result.could,
        "result-heading-abstained": result.abstained,
        "result-heading-silence": silence(words, result, ZoneInfo("UTC")),
    }
    rows = tuple((words.plain(key), cell) for key, cell in facts.items() if cell not in (None, ""))
    headings = (words.plain("result-heading-fact"), words.plain("result-heading-value"))
    return Table(words.plain("result-sheet-about"), headings, rows)
