"""Pictures of results, as they are seen: decoded again, and held against what is to be read in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from io import BytesIO
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops

from bot.documents.lettering import GAP, PIECE, breakable, chinese_font, drawable, is_drawable, runs_right_to_left
from bot.documents.poll_picture import WIDTH, draw
from bot.domain.pictures import Bar, Picture
from bot.view import poll_results as view
from bot.view.texts import load
from tests.domain.polled import FORMATS, anonymous, named

FILLING = (0x1F, 0x3A, 0x68)
MARGIN = 60
"""Pixels on each side in which nothing may stand but the outline of what begins there."""

TITLE = 140
"""Pixels from the top in which a title of one line stands alone."""


def picture(question: str = "Which format?", options: Mapping[str, int] = FORMATS) -> Picture:
    return view.picture(load().of(None), anonymous(question, options), ZoneInfo("UTC"))


def grey(content: bytes) -> Image.Image:
    return Image.open(BytesIO(content)).convert("L")


def seen(content: bytes) -> Image.Image:
    image = Image.open(BytesIO(content))
    assert image.format == "PNG"
    return image.convert("RGB")


def alone(text: str) -> bytes:
    """A picture of this title and nothing else."""
    return draw(Picture(title=text, stand_in="Poll P7", bars=(), rows=(), left_out="left out"))


def luminance(level: int) -> float:
    """Relative luminance of a grey (WCAG 2.2)."""
    share = level / 255
    return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4


def contrast(one: int, other: int) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def bars(content: bytes) -> list[tuple[int, int]]:
    """Where each filled bar begins and how long it is, from the top."""
    image = seen(content)
    other = ImageChops.difference(image, Image.new("RGB", image.size, FILLING)).convert("L")
    held = other.point(lambda level: 0 if level else 255).tobytes()
    rows = [held[at : at + image.width] for at in range(0, len(held), image.width)]
    begun = [row for before, row in pairwise([b"", *rows]) if is_filled(row) and not is_filled(before)]
    return [(row.index(255), row.count(255)) for row in begun]


def is_filled(row: bytes) -> bool:
    """Letters have other colours."""
    return row.count(255) > 8


def test_the_same_result_has_the_same_bytes() -> None:
    assert draw(picture()) == draw(picture())
    assert draw(picture()) != draw(picture("Which other format?"))


def test_a_picture_is_as_wide_as_a_phone_can_show_and_as_high_as_its_texts_need() -> None:
    short, long = (seen(draw(picture(each))) for each in ("Why?", "Which format? " * 70))
    assert short.width == long.width == WIDTH
    assert long.height > short.height + 1_000


def test_bars_are_as_long_as_their_shares_and_begin_alike() -> None:
    (start, whole), (other, half) = bars(draw(picture(options={"All": 2, "Half": 1, "None": 0})))[:2]
    assert start == other
    assert whole / half == pytest.approx(67 / 33, rel=0.05)


def test_no_votes_are_no_bars() -> None:
    assert bars(draw(picture(options={"Yes": 0, "No": 0}))) == []


def test_a_share_over_the_whole_stays_in_its_frame() -> None:
    over, whole = (replace(picture(), bars=(Bar("All", "Option 1", percent, "2 votes"),)) for percent in (250, 100))
    assert draw(over) == draw(whole)


def test_most_texts_decide_on_which_side_bars_begin() -> None:
    ((left, _),) = bars(draw(picture("Do we adopt?", {"Yes": 1, "No": 0})))
    ((right, length),) = bars(draw(picture("هل نعتمد الإعلان؟", {"نعم": 1, "لا": 0})))
    assert left < MARGIN + 5
    assert right + length > WIDTH - MARGIN - 5


def test_in_shades_of_grey_all_that_is_to_be_read_keeps_its_contrast() -> None:
    """Text in each of its colours, and the bars' filling, against the ground."""
    levels = grey(draw(view.picture(load().of(None), named(), ZoneInfo("UTC")))).histogram()
    solid = [level for level, count in enumerate(levels) if count > 2_000]
    assert solid[-1] == 255
    assert len(solid) >= 3
    assert all(contrast(each, 255) >= 4.5 for each in solid[:-1])


def test_in_black_and_white_the_end_of_a_bar_is_seen() -> None:
    """What is filled is dark, the rest of its frame is white, and the frame is dark again."""
    content = draw(picture(options={"Half": 1, "Other half": 1}))
    (start, length), _ = bars(content)
    black = grey(content).point(lambda level: 255 if level > 127 else 0)
    image = seen(content)
    column = [image.getpixel((start + length // 2, at)) for at in range(image.height)]
    middle = column.index(FILLING) + 15
    assert black.getpixel((start + length // 2, middle)) == 0
    assert black.getpixel((start + length + length // 2, middle)) == 255
    assert 0 in [black.getpixel((place, middle)) for place in range(start + 2 * length - 6, start + 2 * length + 12)]


@pytest.mark.parametrize(
    "text",
    [
        "W" * 200,
        "https://example.org/" + "a-long-path/" * 15,
        "مرحبا" * 40,
        "是否通过利马宣言" * 25,
        "ภาษาไทยยาว" * 20,
        "😀" * 200,
        "Ж" * 200,
        "\u200b".join("word" * 50),
    ],
)
def test_the_longest_labels_stay_on_the_page(text: str) -> None:
    image = grey(draw(picture(text[:200], {text[:200]: 1, "No": 0})))
    for edge in (0, WIDTH - MARGIN + 6):
        strip = image.crop((edge, 0, edge + MARGIN - 6, image.height))
        assert strip.getextrema() == (255, 255)


def test_twenty_options_of_two_hundred_characters_are_all_there() -> None:
    options = {f"{place} {'word ' * 50}"[:200]: 1 for place in range(20)}
    assert len(bars(draw(picture("Q " * 500, options)))) == 20


@pytest.mark.parametrize(
    "text",
    [
        "Adopter la déclaration ?", "Việt Nam", "Принять", "Ελληνικά", "نعم، مع تعديلات", "עברית", "فارسی گچپژ",
        "是否通过", "臺灣", "日本語のラベル", "한국어", "घोषणा को अपनाएँ", "বাংলা", "தமிழ்", "ไทย", "አማርኛ", "ქართული",
        "Հայերեն", "ភាសាខ្មែរ", "မြန်မာ", "සිංහල", "😀 👩‍👩‍👧 🇨🇭 ✅ ❤️ 👍🏽", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "✓ ★ → ☑ ①", "½ € ₦ ₹ ≤",
    ],
)  # fmt: skip
def test_what_people_write_in_is_drawn_as_it_stands(text: str) -> None:
    assert is_drawable(text)
    assert drawable(text, "Option 3") == text


def test_letters_of_one_word_are_joined_and_run_from_right_to_left() -> None:
    """Joined, Arabic letters are narrower than the same ones held apart; and another order is another picture."""
    joined, apart = (widths(alone(each)) for each in ("نعتمد", "\u200c".join("نعتمد")))
    assert joined < apart
    left, right = alone("ab"), alone("اب")
    assert grey(left).crop((WIDTH // 2, 0, WIDTH, TITLE)).getextrema() == (255, 255)
    assert grey(right).crop((0, 0, WIDTH // 2, TITLE)).getextrema() == (255, 255)


def test_a_text_from_right_to_left_begins_at_the_right_whatever_else_stands_in_it() -> None:
    begins = (WIDTH - MARGIN - 40, 0, WIDTH, TITLE)
    assert grey(alone("اب WWW")).crop(begins).tobytes() == grey(alone("اب")).crop(begins).tobytes()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        "aä",
        "бв",
        "γδ",
        "اب",
        "אב",
        "是否",
        "かき",
        "한국",
        "अआ",
        "অআ",
        "அஆ",
        "กข",
        "አበ",
        "აბ",
        "աբ",
        "កខ",
        "ကခ",
        "😀😺",
        "✓✗",
    ],
)
def test_each_letter_is_drawn_as_what_it_is(one: str, other: str) -> None:
    """Boxes would look alike."""
    assert alone(one) != alone(other)


def widths(content: bytes) -> int:
    box = grey(content).point(lambda level: 0 if level > 250 else 255).crop((0, 0, WIDTH, TITLE)).getbbox()
    assert box is not None
    return box[2] - box[0]


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("ދިވެހި", "Option 3"),
        ("Tibetan བོད་ཡིག too", f"Option 3: Tibetan {GAP} too"),
        ("1️⃣ Event", "1 Event"),
        ("Ev\u202eent\x07", "Event"),
        ("one\r\ntwo", "one\ntwo"),
    ],
)
def test_letters_that_no_font_has_are_told_and_never_drawn_as_boxes(text: str, drawn: str) -> None:
    assert drawable(text, "Option 3") == drawn


def test_a_picture_says_that_something_could_not_be_drawn_only_where_it_is_so() -> None:
    whole, lacking = picture(options={"Event": 1, "No": 0}), picture(options={"ދިވެހި": 1, "No": 0})
    said = replace(lacking, rows=(*lacking.rows, lacking.left_out))
    named_instead = replace(said, bars=(replace(said.bars[0], text="Option 1"), said.bars[1]))
    assert draw(lacking) == draw(named_instead)
    assert draw(whole) == draw(replace(whole, left_out="something else"))


def test_what_was_typed_is_text_and_never_markup() -> None:
    plain, marked = (
        seen(alone(each)) for each in ("set page width", '#set page(width: 9pt)\n#read("x") $x$ *b* @c \\')
    )
    assert plain.width == marked.width
    assert marked.height > plain.height


@settings(max_examples=15, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60))
@example("\u0301\u200d\ufe0f")
@example("\u2028\u2029\x85\x0c")
@example("\U000f0000\ue000\U0010ffff")
def test_no_text_is_too_odd_for_a_picture(text: str) -> None:
    assert seen(alone(text)).width == WIDTH
    assert is_drawable(drawable(text, "Option 3"))


@given(st.text())
def test_breaking_a_long_word_adds_nothing_that_is_seen(text: str) -> None:
    assert breakable(text).replace("\u200b", "") == text.replace("\u200b", "")


def test_only_what_is_longer_than_a_line_is_broken() -> None:
    assert breakable("Donaudampfschifffahrt and more") == "Donaudampfschifffahrt and more"
    assert max(map(len, breakable("x" * 200).split("\u200b"))) == PIECE
    assert not any(each.startswith("\u0301") for each in breakable("xe\u0301" * 60).split("\u200b"))


@pytest.mark.parametrize(
    ("text", "towards"), [("نعم", True), ("2 نعم", True), ("Yes نعم", False), ("12", False), ("", False)]
)
def test_a_text_runs_as_its_first_letter_does(text: str, towards: bool) -> None:  # noqa: FBT001 - a row of a table
    assert runs_right_to_left(text) is towards


def test_chinese_characters_are_written_as_in_the_language_of_the_text() -> None:
    assert [chinese_font(each)[-2:] for each in ("直", "直の", "직 直")] == ["SC", "JP", "KR"]
