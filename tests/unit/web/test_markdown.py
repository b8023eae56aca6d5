"""The light Markdown of packs."""

from __future__ import annotations

import pytest

from frontdoor.web.public.markdown import to_html


def test_table_is_a_table_with_heads_for_columns_and_rows() -> None:
    html = to_html(
        "Before.\n\n| what | by |\n| --- | ---: |\n| **hole** | 28 days |\n| <b> | never |\n\nAfter."
    )
    assert '<th scope="col" class="govuk-table__header">what</th>' in html
    assert '<th scope="row" class="govuk-table__header"><strong>hole</strong></th>' in html
    assert '<td class="govuk-table__cell">28 days</td>' in html
    assert "&lt;b&gt;" in html
    assert html.count("<tr") == 3
    assert "---" not in html
    assert html.startswith('<p class="govuk-body">Before.</p>')
    assert html.endswith('<p class="govuk-body">After.</p>')


@pytest.mark.parametrize("text", ["a | b", "| a | b |", "one\ntwo | three", "a\n-- b"])
def test_strokes_alone_make_no_table(text: str) -> None:
    assert "<table" not in to_html(text)
