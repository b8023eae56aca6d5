"""A decision sheet as JSON, to be kept with the decision."""

from __future__ import annotations

from dataclasses import asdict

from frontdoor.decisions.definition import Sheet


def sheet_as_json(sheet: Sheet) -> dict[str, object]:
    """The whole sheet: every criterion with its facts and proof, the outcome, and what it rests on."""
    kept = asdict(sheet)
    kept["groups"] = {name: status.value for name, status in sheet.groups.items()}
    kept["rules_from"] = sheet.rules_from.isoformat()
    kept["values"], kept["computed"] = dict(sheet.values), dict(sheet.computed)
    return kept
