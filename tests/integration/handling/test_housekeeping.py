"""What is kept no longer than it is needed."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

import pytest

from frontdoor.cases.models import Case, Draft, DraftFile
from frontdoor.contacts.models import Attempt, StoredFile
from frontdoor.handling.housekeeping import sweep
from frontdoor.handling.opening import open_case_from_draft
from frontdoor.staff.models import User
from tests.integration.handling.conftest import BLUE_BADGE, Remembered, finished_draft


@pytest.mark.django_db
def test_an_unsent_application_goes_with_its_files_and_a_sent_one_stays(
    at: datetime, rng: Random, supplier: Remembered, officers: dict[str, list[User]]
) -> None:
    unsent = finished_draft(service="blue-badge", said=BLUE_BADGE, at=at, rng=rng)
    sent = finished_draft(service="blue-badge", said=BLUE_BADGE, at=at, rng=rng)
    open_case_from_draft(draft_id=sent, at=at, rng=rng)
    kept = DraftFile.objects.filter(draft=sent).count()
    Attempt.objects.create(what="look up", key="k", at=at)
    assert sweep(at + timedelta(days=1)) == 0
    assert sweep(at + timedelta(days=29)) == 2
    assert sweep(at + timedelta(days=29)) == 0
    assert list(Draft.objects.values_list("pk", flat=True)) == [sent]
    assert (Case.objects.count(), StoredFile.objects.count(), Attempt.objects.count()) == (1, kept, 0)
    assert not Draft.objects.filter(pk=unsent).exists()
