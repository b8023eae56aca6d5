"""Words filled in stay words, and Markdown becomes safe HTML."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdoor.catalogue.pack import UpdateWords
from frontdoor.catalogue.templates import MissingWords, fill, names_in, stray_brace
from frontdoor.catalogue.words import as_html, as_words, fill_markdown, one_line, update_for

OURS = {
    "h2",
    "h3",
    "p",
    "ul",
    "ol",
    "li",
    "a",
    "strong",
    "em",
    "br",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
}


class Tags(HTMLParser):
    """Collects what a browser would see."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words += data


def tags_in(html: str) -> Tags:
    tags = Tags()
    tags.feed(html)
    tags.close()
    return tags


def test_markdown_becomes_the_classes_of_the_design_system() -> None:
    markdown = "## Next\n\nWe *will* **write** 2*3 to you.\nSoon.\n\n- one\n- "
    markdown += "[two](https://example.org/?a=1&b=2)\n\n1. first"
    assert as_html(markdown) == "\n".join(
        [
            '<h2 class="govuk-heading-m">Next</h2>',
            '<p class="govuk-body">We <em>will</em> <strong>write</strong> 2*3 to you.<br>Soon.</p>',
            '<ul class="govuk-list govuk-list--bullet"><li>one</li><li><a class="govuk-link" '
            'href="https://example.org/?a=1&amp;b=2">two</a></li></ul>',
            '<ol class="govuk-list govuk-list--number"><li>first</li></ol>',
        ]
    )


def test_a_table_becomes_a_table() -> None:
    html = as_html("| points | passes |\n|---|:-:|\n| 8 | **yes** |\n| 4 | no |")
    tags = [tag for tag, _ in tags_in(html).seen]
    assert tags == ["table", "thead", "tr", "th", "th", "tbody", "tr", "td", "td", "strong", "tr", "td", "td"]


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "//evil.example", "vbscript:x", "file:///x"]
)
def test_a_link_to_anything_but_pages_mail_and_phones_stays_words(address: str) -> None:
    assert "<a" not in as_html(f"[press]({address})")


@pytest.mark.parametrize(
    "address", ["https://example.org", "mailto:us@example.org", "tel:01632960000", "/services/x"]
)
def test_a_link_to_pages_mail_and_phones_is_a_link(address: str) -> None:
    assert ("a", {"class": "govuk-link", "href": address}) in tags_in(as_html(f"[press]({address})")).seen


@given(st.text())
def test_no_text_makes_any_other_tag_or_attribute(text: str) -> None:
    for tag, attributes in tags_in(as_html(text)).seen:
        assert tag in OURS
        assert set(attributes) <= {"class", "href", "scope"}
        assert (attributes.get("href") or "/").startswith(("http://", "https://", "mailto:", "tel:", "/"))


MARKS = st.text(alphabet="#*-_|[]()<>!`&.1 \nabhttps:/\\\"'", max_size=60)


@given(MARKS)
def test_what_a_customer_wrote_never_becomes_markup(said: str) -> None:
    html = as_html(
        fill_markdown("Dear {full_name}\n\n{officer_words}", {"full_name": said, "officer_words": said})
    )
    assert {tag for tag, _ in tags_in(html).seen} <= {"p", "br"}


@given(st.text())
def test_words_look_the_same_after_they_are_made_safe(said: str) -> None:
    assert as_words(said).replace("\u2060", "") == said.replace("\r", "").replace("\u2060", "")


def test_lists_of_the_pack_keep_their_marks() -> None:
    html = as_html(
        fill_markdown("Please send:\n\n{evidence_asked}", {"evidence_asked": "* a bill\n* a photo"})
    )
    assert [tag for tag, _ in tags_in(html).seen] == ["p", "ul", "li", "li"]


def test_a_template_is_no_format_string() -> None:
    assert fill("{name}", {"name": "{other} {0.__class__} %s"}) == "{other} {0.__class__} %s"
    assert names_in("{a} {a.b} {a[0]} {b!r} { c } {_d} {a}") == ("a",)


def test_names_without_words_are_an_error_when_filling_strictly() -> None:
    with pytest.raises(MissingWords, match='No words were given for "expires_on"'):
        fill("until {expires_on}", {})


@pytest.mark.parametrize("text", ["{", "}", "{a.b}", "{ a }", "{A}", "{{a}}", "a } b"])
def test_a_brace_without_a_name_is_found(text: str) -> None:
    assert stray_brace(text) is not None


@pytest.mark.parametrize("text", ["", "a {b} c", "{b}{c}"])
def test_braces_around_names_are_fine(text: str) -> None:
    assert stray_brace(text) is None


def test_an_update_is_ready_to_send() -> None:
    update = UpdateWords(
        name="received",
        subject="We have it, {full_name}",
        text="{council}: we have it. {reference}",
        body="Dear {full_name}\n\n{expires_on}\n\nYours",
        letter=True,
    )
    ready = update_for(
        update, {"full_name": "Zoë\r\nBcc: all@example.org", "council": "Ours", "reference": "LC-1"}
    )
    assert ready.subject == "We have it, Zoë Bcc: all@example.org"
    assert ready.text == "Ours: we have it. LC-1"
    assert ready.body == "Dear Zoë\nBcc: all@example.org\n\nYours\n"


def test_one_line_takes_out_what_nobody_can_see() -> None:
    assert one_line("a\r\nb\x00c\u202ed") == "a b c d"
