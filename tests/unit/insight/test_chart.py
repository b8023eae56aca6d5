"""Charts are drawn on the server, named, and leave gaps where there is no value."""

from __future__ import annotations

from frontdoor.web.insight.chart import Line, line_chart


def test_line_has_a_gap_where_a_value_is_missing() -> None:
    line = Line("This period", [1, 2, None, 4, 5], "now")
    chart = line_chart(title="Contacts <by> month", labels=list("abcde"), lines=[line])
    assert chart.count("<polyline") == 2
    assert chart.count("<circle") == 4
    assert 'aria-label="Contacts &lt;by&gt; month"' in chart


def test_nothing_to_draw_is_no_chart() -> None:
    assert line_chart(title="x", labels=["a"], lines=[Line("now", [None], "now")]) == ""
