"""Every measure, in the order in which they are shown."""

from __future__ import annotations

from collections.abc import Mapping

from frontdoor.insight.measures.cases import CASES
from frontdoor.insight.measures.contacts import CONTACTS
from frontdoor.insight.measures.costs import COSTS
from frontdoor.insight.measures.demand import DEMAND
from frontdoor.insight.measures.feedback import FEEDBACK
from frontdoor.insight.measures.shape import Measure

MEASURES: tuple[Measure, ...] = (*CONTACTS, *CASES, *DEMAND, *FEEDBACK, *COSTS)
BY_ID: Mapping[str, Measure] = {measure.id: measure for measure in MEASURES}
