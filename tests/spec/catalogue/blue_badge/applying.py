"""The Blue Badge pack, and people who apply for one, for the chapters of this folder."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from frontdoor.catalogue.loading import load_pack
from frontdoor.catalogue.pack import Pack
from frontdoor.decisions.definition import EvidenceState, Sheet
from frontdoor.decisions.weighing import rules_for, values_on, weigh
from frontdoor.forms.facts import Facts, facts_of
from frontdoor.kernel.facts import Json

HERE = Path(__file__).parent
FOLDER = HERE.parents[3] / "packs" / "blue-badge"
RECEIVED = date(2026, 11, 21)
US = "us"


@cache
def pack() -> Pack:
    """The pack as it stands in this checkout."""
    return load_pack(FOLDER)


def chapter(name: str) -> Any:
    """The cases of a chapter."""
    return YAML(typ="safe").load((HERE / name).read_text(encoding="utf-8"))


def known(answers: Mapping[str, Json], given: Mapping[str, Json] | None = None) -> Facts:
    """The facts that follow from answers, for someone who lives in our area unless `given` says otherwise."""
    day = RECEIVED.isoformat()
    rules = rules_for(rule_sets=pack().rules, on=RECEIVED)
    common: dict[str, Json] = {
        "today": day,
        "received_on": day,
        "us": US,
        "issuing_authority": US,
        "channel": "web",
        "for_someone_else": False,
        **values_on(rules=rules, on=RECEIVED),
    }
    return facts_of(
        form=pack().form, answers=answers, given={**common, **(given or {})}, calculators=nobody_knows()
    )


def nobody_knows() -> dict[str, Callable[..., Json]]:
    """Calculators of a council without places: what they would give stands in the cases."""
    return {rule.calculator: lambda *_: None for rule in pack().form.works_out if rule.calculator}


def sheet(
    answers: Mapping[str, Json],
    *,
    given: Mapping[str, Json] | None = None,
    seen: frozenset[str] | None = None,
) -> Sheet:
    """The decision sheet. `seen`: the evidence an officer has accepted; None: all there is."""
    facts = known(answers, given)
    accepted = frozenset(pack().form.evidence) if seen is None else seen
    return weigh(
        rules=rules_for(rule_sets=pack().rules, on=RECEIVED),
        facts=facts.values,
        not_asked=facts.not_asked,
        evidence=dict.fromkeys(accepted, EvidenceState.ACCEPTED),
        on=RECEIVED,
    )


def answers_of(figures: Mapping[str, Any]) -> dict[str, Json]:
    """The answers someone with these figures gives in the form."""
    return {
        "applicant": "person",
        "born_on": figures.get("dob", f"{RECEIVED.year - figures.get('age', 50)}-06-15"),
        "has_badge": "never",
        "sr1": figures.get("sr1", False),
        "may_check_address": False,
        **_old_badge(figures),
        **_benefit(figures),
        **_reason(figures),
        **_child(figures),
    }


def _old_badge(figures: Mapping[str, Any]) -> dict[str, Json]:
    if "start" not in figures:
        return {}
    day_before = date.fromordinal(date.fromisoformat(figures["start"]).toordinal() - 1)
    return {"has_badge": "valid", "existing_ends_on": day_before.isoformat()}


def _benefit(figures: Mapping[str, Any]) -> dict[str, Json]:
    award: dict[str, Json] = {"award_length": "ongoing"}
    if "award_end" in figures:
        award = {"award_length": "fixed", "award_ends_on": figures["award_end"]}
    if "pip_moving" in figures:
        words = figures.get("pip_planning", {}).get("descriptor", "A")
        points = figures["pip_moving"]
        return {"benefit": "pip", "moving_around": points, "planning_journeys": words, **award}
    if "dla_mobility" in figures:
        return {"benefit": "dla", "dla_mobility": figures["dla_mobility"], **award}
    if figures.get("wpms"):
        return {"benefit": "wpms", **award}
    if "afcs_tariff" in figures:
        level = "one_to_eight" if figures["afcs_tariff"] <= 8 else "nine_or_more"
        certified = "certified" if figures["afcs_certified_walking"] else "not_certified"
        return {"benefit": "afcs", "afcs_tariff": level, "afcs_certified": certified}
    return {"benefit": "nothing"}


def _reason(figures: Mapping[str, Any]) -> dict[str, Json]:
    if "sight" in figures:
        return {"main_reason": "sight", "sight": figures["sight"], "sight_register": "another"}
    if "arms" in figures:
        return {
            "main_reason": "arms",
            "arms": figures["arms"],
            "drives_regularly": figures["drives_regularly"],
            "parking_meters": "cannot",
        }
    return {"main_reason": "walking", "difficulties": ["pain"]}


def _child(figures: Mapping[str, Any]) -> dict[str, Json]:
    needs = {"equipment": figures.get("bulky_equipment"), "vehicle": figures.get("near_vehicle")}
    return {"child_needs": [name for name, is_needed in needs.items() if is_needed]}
