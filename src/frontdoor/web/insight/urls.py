"""Addresses of the figures."""

from __future__ import annotations

from django.urls import path

from frontdoor.web.insight import complaints, contacts, pages, surveys, targets

urlpatterns = [
    path("staff/figures/", pages.figures, name="figures"),
    path("staff/figures/contacts/", contacts.contacts, name="figures_contacts"),
    path("staff/figures/report/", pages.report, name="figures_report"),
    path("staff/figures/report.pdf", pages.report_pdf, name="figures_report_pdf"),
    path("staff/figures/targets/", targets.targets, name="figures_targets"),
    path("staff/figures/targets/<int:target>/drop/", targets.drop, name="figures_target_drop"),
    path("staff/figures/surveys/", surveys.surveys, name="figures_surveys"),
    path("staff/figures/surveys/<uuid:survey>/", surveys.pass_survey_on, name="figures_survey_pass_on"),
    path("staff/figures/complaints/", complaints.report, name="figures_complaints"),
    path("staff/figures/complaints.pdf", complaints.report_pdf, name="figures_complaints_pdf"),
    path("staff/figures/<slug:table>.<str:kind>", pages.download, name="figures_download"),
    path("staff/figures/<slug:subject>/", pages.figures, name="figures_of"),
]
