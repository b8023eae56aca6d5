"""Addresses of the figures."""

from __future__ import annotations

from django.urls import path

from frontdoor.web.insight import contacts, pages, targets

urlpatterns = [
    path("staff/figures/", pages.figures, name="figures"),
    path("staff/figures/contacts/", contacts.contacts, name="figures_contacts"),
    path("staff/figures/report/", pages.report, name="figures_report"),
    path("staff/figures/report.pdf", pages.report_pdf, name="figures_report_pdf"),
    path("staff/figures/<slug:table>.<str:kind>", pages.download, name="figures_download"),
    path("staff/figures/targets/", targets.targets, name="figures_targets"),
    path("staff/figures/targets/<int:target>/drop/", targets.drop, name="figures_target_drop"),
    path("staff/figures/<slug:subject>/", pages.figures, name="figures_of"),
]
