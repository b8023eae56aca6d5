"""Months that were added up before learn on how many people each of their sums rests; sums are found by what they are."""

from __future__ import annotations

from collections import defaultdict
from itertools import groupby
from typing import Any

from django.db import migrations, models

from frontdoor.insight.resting import resting


def fill(apps: Any, schema_editor: Any) -> None:
    rows = apps.get_model("insight", "MonthTally").objects.using(schema_editor.connection.alias)
    key = ("month", "service", "channel")
    every = rows.order_by(*key).values_list(*key, "what", "count", "pk")
    wanted: dict[int, list[int]] = defaultdict(list)
    for _kind, kept in groupby(every, lambda row: row[:3]):
        sums = list(kept)
        people = resting({what: count for *_, what, count, _pk in sums})
        for *_, what, _count, pk in sums:
            wanted[people[what]].append(pk)
    for count, keys in wanted.items():
        for start in range(0, len(keys), 500):
            rows.filter(pk__in=keys[start : start + 500]).update(rests_on=count)


class Migration(migrations.Migration):
    dependencies = [
        ("insight", "0003_months"),
    ]

    operations = [
        migrations.AddField(
            model_name="monthtally",
            name="rests_on",
            field=models.PositiveIntegerField(default=0),
            preserve_default=False,
        ),
        migrations.AddIndex(
            model_name="monthtally",
            index=models.Index(fields=["what", "month"], name="insight_month_tally_what"),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
