"""A letter as it was sent."""

from __future__ import annotations

from uuid import UUID

from csp.decorators import csp_replace
from django.http import Http404, HttpResponse
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from frontdoor.cases.permissions import require_handling
from frontdoor.contacts.models import Delivery
from frontdoor.web.office.case.files import ONLY_ITSELF, served
from frontdoor.web.office.case.opened import Opened, case_page


@require_safe
@xframe_options_sameorigin
@csp_replace(ONLY_ITSELF)  # type: ignore[arg-type]  # typed for pages without an address part
@case_page
def letter(opened: Opened, delivery: UUID) -> HttpResponse:
    """The kept PDF of a letter of this case."""
    require_handling(opened.user, opened.case)
    sent = Delivery.objects.select_related("letter").filter(
        pk=delivery, conversation_id=opened.case.conversation_id, letter__isnull=False
    )
    found = sent.first()
    if found is None or found.letter is None:
        raise Http404
    return served(found.letter)
