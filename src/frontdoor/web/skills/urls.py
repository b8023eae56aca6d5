"""Addresses of skills, training and recruitment."""

from __future__ import annotations

from django.urls import path, re_path

from frontdoor.web.skills import matrix, own, recruiting, training

KIND = r"(?P<kind>csv|xlsx)$"

urlpatterns = [
    path("staff/skills/", matrix.matrix, name="skills"),
    re_path(r"^staff/skills/skills\." + KIND, matrix.download, name="skills_download"),
    path("staff/skills/skill/", matrix.skill, name="skills_skill"),
    path("staff/skills/refresh/", matrix.refresh, name="skills_refresh"),
    re_path(r"^staff/skills/refresh\." + KIND, matrix.refresh_download, name="skills_refresh_download"),
    path("staff/skills/people/<int:number>/", matrix.person, name="skills_of"),
    path("staff/skills/people/<int:number>/give/", matrix.give, name="skills_give"),
    path("staff/skills/people/<int:number>/drop/<int:held>/", matrix.drop, name="skills_drop"),
    path("staff/skills/training/", training.training, name="skills_training"),
    re_path(r"^staff/skills/training\." + KIND, training.download, name="skills_training_download"),
    path("staff/skills/training/areas/", training.area, name="skills_area"),
    path("staff/skills/training/plan/", training.plan, name="skills_plan_session"),
    path("staff/skills/training/<int:number>/", training.session, name="skills_session"),
    path("staff/skills/training/<int:number>/do/", training.session_do, name="skills_session_do"),
    path("staff/skills/recruitment/", recruiting.recruitment, name="skills_recruitment"),
    re_path(r"^staff/skills/joiners\." + KIND, recruiting.joiners_download, name="skills_joiners_download"),
    path("staff/skills/recruitment/days/", recruiting.plan_day, name="skills_plan_day"),
    path("staff/skills/recruitment/add/", recruiting.add, name="skills_add_candidate"),
    path("staff/skills/recruitment/<int:number>/", recruiting.candidate, name="skills_candidate"),
    path("staff/skills/recruitment/<int:number>/do/", recruiting.candidate_do, name="skills_candidate_do"),
    path("staff/my/training/", own.training, name="own_training"),
    path("staff/my/training/<int:number>/", own.book, name="own_training_book"),
]
