"""Reports as PDF."""

from __future__ import annotations

import io
from datetime import UTC, datetime

from pypdf import PdfReader

from frontdoor.channels.reports import Report, Table, render_report
from frontdoor.channels.typesetting.report import _is_plain

AT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


def report(rows: int) -> Report:
    figures = [[f"Service {number}", f"{number:,}", "90.5%"] for number in range(rows)]
    table = Table("By service", ["Service", "Contacts received", "Per cent answered"], figures)
    return Report(
        "Wealdmoor County Council",
        "Customer service report",
        "1 April 2026 to 30 September 2026",
        [table],
        "## How\n\n**Answered.** By a person.",
        AT,
    )


def test_everything_that_was_said_is_on_its_pages() -> None:
    read = PdfReader(io.BytesIO(render_report(report(80))))
    words = "\n".join(page.extract_text() for page in read.pages)
    assert len(read.pages) > 1
    for said in ("Wealdmoor County Council", "Service 0", "Service 79", "90.5%", "How", "By a person."):
        assert said in words
    assert words.count("Contacts received") == len(read.pages)


def test_letters_that_join_are_joined_and_plain_ones_are_what_was_written() -> None:
    table = Table("Names", ["Name", "In its own letters"], [["Siân Brŵn – €5", "سلام"]])
    made = Report("Wealdmoor", "Names", "Today", [table], "Both.", AT)
    words = "".join(page.extract_text() for page in PdfReader(io.BytesIO(render_report(made))).pages)
    assert "Siân Brŵn – €5" in words
    assert not _is_plain(table)
    assert _is_plain(Table("Names", ["Name"], [["Siân Brŵn – €5"]]))


def test_same_report_gives_the_same_bytes() -> None:
    assert render_report(report(3)) == render_report(report(3))
