"""service.yaml: the folder's name, the articles that enquiries start."""

from __future__ import annotations

from frontdoor.catalogue.building.texts import ARTICLE
from frontdoor.catalogue.draft import Draft
from frontdoor.catalogue.meaning.naming import must_exist
from frontdoor.catalogue.schema.service import KindOfCase, Sensitivity
from frontdoor.decisions.definition import Automation

STARTS = ("form", "track")


def check_service(draft: Draft, *, folder_name: str) -> None:
    """Notes the faults of service.yaml."""
    source, service = draft.sources["service.yaml"], draft.service
    if service.service != folder_name:
        source.fault(
            ("service",),
            f'the folder is called "{folder_name}"',
            f"Write `service: {folder_name}` or rename it.",
        )
    for name, enquiry in service.enquiries.items():
        path = ("enquiries", name, "starts")
        if enquiry.starts.startswith(ARTICLE):
            must_exist(
                source, path, enquiry.starts.removeprefix(ARTICLE).strip(), draft.articles, what="article"
            )
        elif enquiry.starts not in STARTS:
            source.fault(
                path, f'an enquiry cannot start "{enquiry.starts}"', "Write form, track or article NAME."
            )
    if not any(enquiry.starts == "form" for enquiry in service.enquiries.values()):
        source.fault(("enquiries",), "no enquiry starts the form", "Give one of them `starts: form`.")
    _check_automation(draft)
    _check_phone_appointments(draft)


def _check_automation(draft: Draft) -> None:
    """UK GDPR article 22B: no decision by software alone on health and other special category data without consent."""
    is_sensitive = draft.service.sensitivity is not Sensitivity.ORDINARY
    for path, rules in draft.rule_sets():
        if is_sensitive and rules.automation is Automation.AUTOMATIC:
            draft.sources["decision.yaml"].fault(
                (*path, "automation"),
                f"a service of sensitivity {draft.service.sensitivity} cannot be decided without consent",
                "Write `prepare only` or `automatic with consent`.",
            )
    if draft.service.kind_of_case is KindOfCase.APPLICATION and draft.decision.review is None:
        draft.sources["decision.yaml"].fault(
            (),
            "an application has no way to ask for a review",
            "Add `review:` with who looks again and by when.",
        )


def _check_phone_appointments(draft: Draft) -> None:
    """Whoever rings needs a skill to be planned by, and hours end after they begin."""
    source, calls = draft.sources["service.yaml"], draft.service.phone_appointments
    if calls is None:
        return
    path = ("phone appointments",)
    if not draft.service.skills:
        source.fault(
            path,
            "nobody can be planned for these appointments: the service names no skill",
            "Name one under `skills`; a planner says how many who hold it may be booked at once.",
        )
    for number, hours in enumerate(calls.hours):
        if hours.closes <= hours.opens:
            source.fault(
                (*path, "hours", number, "closes"), "this is not later than `opens`", "Correct one of them."
            )
