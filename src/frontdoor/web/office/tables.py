"""Tables to take away, as CSV and as an Excel workbook."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.http import HttpResponse

from frontdoor.kernel.clock import london

Value = str | int | datetime | None
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_csv(name: str, head: Sequence[str], rows: Iterable[Sequence[Value]]) -> HttpResponse:
    """The rows as CSV in UTF-8. Words that a spreadsheet would take for a formula get an apostrophe before them."""
    page = io.StringIO()
    writer = csv.writer(page)
    writer.writerow(head)
    writer.writerows([_csv_cell(value) for value in row] for row in rows)
    return _download("\ufeff" + page.getvalue(), "text/csv; charset=utf-8", f"{name}.csv")


def as_workbook(name: str, head: Sequence[str], rows: Iterable[Sequence[Value]]) -> HttpResponse:
    """The rows as one sheet of an Excel workbook; instants are dates there, in UK time."""
    import xlsxwriter  # type: ignore[import-untyped]  # publishes no types; loaded with the first workbook

    kept = io.BytesIO()
    book = xlsxwriter.Workbook(
        kept, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    sheet = book.add_worksheet(name[:31])
    bold, moment = book.add_format({"bold": True}), book.add_format({"num_format": "d mmm yyyy hh:mm"})
    sheet.write_row(0, 0, head, bold)
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row):
            if isinstance(value, datetime):
                sheet.write_datetime(number, column, london(value).replace(tzinfo=None), moment)
            elif value is not None:
                sheet.write(number, column, value)
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, len(head) - 1, 20)
    book.close()
    return _download(kept.getvalue(), WORKBOOK, f"{name}.xlsx")


def _csv_cell(value: Value) -> str:
    if isinstance(value, datetime):
        return london(value).strftime("%Y-%m-%d %H:%M")
    text = "" if value is None else str(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(STARTS_A_FORMULA) else text


def _download(content: str | bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
