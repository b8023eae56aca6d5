"""A file of a case, shown beside its criterion; and what an officer makes of a piece of evidence."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from csp.constants import NONE, SELF
from csp.decorators import csp_replace
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST, require_safe

from frontdoor.cases.models import Evidence
from frontdoor.cases.permissions import require_handling
from frontdoor.contacts.models import StoredFile
from frontdoor.handling.evidence import Judgement, TooOld, look_at_evidence
from frontdoor.web.office.case.opened import Opened, cannot, case_page
from frontdoor.web.office.notices import leave_notice

SHOWN_INLINE = ("application/pdf", "image/jpeg", "image/png", "image/webp", "image/gif")
ONLY_ITSELF = {
    "default-src": [NONE],
    "img-src": [SELF],
    "object-src": [SELF],
    "style-src": ["'unsafe-inline'"],  # the browser's own page around a picture or a PDF
    "frame-ancestors": [SELF],
}


@require_safe
@xframe_options_sameorigin
@csp_replace(ONLY_ITSELF)  # type: ignore[arg-type]  # typed for pages without an address part
@case_page
def file(opened: Opened, file: UUID) -> HttpResponse:
    """A file of this case, for who handles it."""
    require_handling(opened.user, opened.case)
    ours = Q(evidence__case=opened.case) | Q(messages__conversation=opened.case.conversation_id)
    found = StoredFile.objects.filter(ours, pk=file).first()
    if found is None:
        raise Http404
    return served(found)


def served(found: StoredFile) -> HttpResponse:
    """The file's bytes; pictures and PDF in the page, anything else to be kept."""
    response = HttpResponse(bytes(found.content), content_type=found.content_type)
    how = "inline" if found.content_type in SHOWN_INLINE else "attachment"
    kind = found.name.rpartition(".")[2][:5]
    ending = kind if kind.isascii() and kind.isalnum() else "bin"
    response["Content-Disposition"] = f'{how}; filename="{found.pk}.{ending}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_POST
@case_page
def judge(opened: Opened, evidence: UUID) -> HttpResponse:
    """Accept or reject a piece of evidence."""
    post = opened.request.POST
    is_accepted = post.get("verdict") == "accept"
    why_not, dated_on = post.get("why_not", "").strip(), _day(post.get("dated_on", ""))
    if not is_accepted and not why_not:
        leave_notice(
            opened.request,
            _("Say why it is not accepted, so that the customer can send the right paper."),
            kind="info",
        )
        return opened.back()
    judgement = Judgement(is_accepted, dated_on, why_not[:300])
    try:
        look_at_evidence(
            case_id=opened.case.pk,
            evidence_id=evidence,
            revision=revision_of(opened),
            judgement=judgement,
            user=opened.user,
            at=opened.at,
        )
    except Evidence.DoesNotExist:
        raise Http404 from None
    except TooOld as refused:
        return cannot(opened, str(refused.__doc__))
    leave_notice(
        opened.request, _("Accepted.") if is_accepted else _("Not accepted. Ask the customer for another.")
    )
    return opened.back()


def revision_of(opened: Opened) -> int:
    """The revision of the case that this person had before them."""
    typed = opened.request.POST.get("revision", "")
    return int(typed) if typed.isdecimal() else 0


def _day(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return None
