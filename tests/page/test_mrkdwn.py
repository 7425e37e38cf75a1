import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.page.readers import MORNING, reader
from workspace.page import mrkdwn

SECONDS = int(MORNING.timestamp())
TAGS = frozenset({"strong", "em", "s", "code", "pre", "blockquote", "br", "a", "span", "time"})
ATTRIBUTES = frozenset({"class", "href", "target", "rel", "datetime", "title"})


def render(text: str, zone: str = "Europe/Zurich") -> str:
    return str(mrkdwn.render(text, reader(zone)))


class Reading(HTMLParser):
    """What a browser would make of it: the text, the tags, the attributes, the addresses."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text = ""
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.addresses: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.addresses += [value or "" for name, value in attrs if name == "href"]

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("*bold*", "<strong>bold</strong>"),
        ("_it_ and ~no~", "<em>it</em> and <s>no</s>"),
        ("*_both_*", "<strong><em>both</em></strong>"),
        ("a*b*c snake_case_name 2 * 3 * 4", "a*b*c snake_case_name 2 * 3 * 4"),
        ("`a *b* <c>`", "<code>a *b* &lt;c&gt;</code>"),
        ("```\nx &lt; *y*\n```\nafter", "<pre>x &lt; *y*</pre>after"),
        ("one\ntwo", "one<br>two"),
        ("&gt; said\n> more\nafter", "<blockquote>said<br>more</blockquote>after"),
        (":tada: :no_such: at 16:00:30", "🎉 :no_such: at 16:00:30"),
    ],
)
def test_marks_become_elements(text: str, html: str) -> None:
    assert render(text) == html


def test_a_mention_shows_a_name() -> None:
    assert Reading(render("<@U1>, <@U9|ben>, <#C1> <#C9|old> <!here>")).text == "@Maya Solan, @ben, #general #old @here"


def test_a_link_opens_beside_the_page_and_shows_its_label() -> None:
    html = render("<https://example.org/?a=1&amp;b=2|the &lt;report&gt;>")
    assert 'href="https://example.org/?a=1&amp;b=2" target="_blank" rel="noopener noreferrer"' in html
    assert Reading(html).text == "the <report>"


def test_a_bare_address_is_a_link_without_the_full_stop_behind_it() -> None:
    seen = Reading(render("See https://example.org/a_b_c."))
    assert (seen.addresses, seen.text) == (["https://example.org/a_b_c"], "See https://example.org/a_b_c.")


@pytest.mark.parametrize(("zone", "time"), [("Asia/Kathmandu", "12:45"), ("Pacific/Apia", "20:00")])
def test_a_date_is_shown_in_the_readers_zone(zone: str, time: str) -> None:
    html = render(f"<!date^{SECONDS}^{{date_short}}, {{time}}|Thu 24 Sep, 09:00 (Zurich)>", zone)
    assert html == (
        f'<time datetime="2020-09-24T07:00:00+00:00" title="Thu 24 Sep, 09:00 (Zurich)">Sep 24, 2020, {time}</time>'
    )


def test_a_date_may_be_a_link() -> None:
    assert Reading(render(f"<!date^{SECONDS}^{{time}}^https://example.org|x>")).addresses == ["https://example.org"]


@pytest.mark.parametrize("seconds", ["soon", "-5", "9" * 30])
def test_a_date_that_cannot_be_read_shows_its_fallback(seconds: str) -> None:
    assert render(f"<!date^{seconds}^{{time}}|at nine>") == "at nine"


@pytest.mark.parametrize("text", ["AT&amp;T", "&lt;script&gt;", "&amp;lt;b&amp;gt;", "&amp;amp;"])
def test_entities_are_decoded_exactly_once(text: str) -> None:
    once = text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    assert Reading(render(text)).text == once


def test_plain_text_is_not_decoded() -> None:
    assert Reading(mrkdwn.plain("<script> &lt; :x:")).text == "<script> &lt; ❌"


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "&lt;script&gt;alert(1)&lt;/script&gt;",
        "<img src=x onerror=alert(1)>",
        '<https://x.org/" onmouseover="alert(1)|here>',
        "<https://x.org|<b>>",
        "<javascript:alert(1)|here>",
        "<data:text/html,x|here>",
        "<@U1|<b>x</b>>",
        '<!date^1600930800^{time}" onclick="x|<b>>',
        "<!date^1600930800^{time}^javascript:alert(1)|x>",
        "*<b>* `<b>` ```<b>``` &gt; <b>",
        "\ue0000\ue001 <@U1>",
        "<|>",
    ],
)
def test_nothing_that_is_written_becomes_markup(text: str) -> None:
    refuse_foreign(render(text))


@given(st.text(alphabet="<>&;|*_~`:!@#^\"'= \n/abgltmpx012{}\ue000\ue001") | st.text())
def test_whatever_is_written_stays_text(text: str) -> None:
    refuse_foreign(render(text))


def refuse_foreign(html: str) -> None:
    seen = Reading(html)
    assert seen.tags <= TAGS
    assert seen.attributes <= ATTRIBUTES
    assert all(re.match(r"https?://|mailto:", address) for address in seen.addresses)
