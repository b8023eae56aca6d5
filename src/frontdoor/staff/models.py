"""Accounts, teams and skills."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower


class Role(models.TextChoices):
    """What a person is here for; `permissions` says what each may do."""

    ADVISOR = "advisor", "Advisor"
    OFFICER = "officer", "Officer"
    SUPERVISOR = "supervisor", "Supervisor"
    PLANNER = "planner", "Planner"
    MANAGER = "manager", "Manager"
    DESIGNER = "designer", "Service designer"
    AUDITOR = "auditor", "Auditor"
    ADMINISTRATOR = "administrator", "Administrator"


class Skill(models.Model):
    """Something a person can be good at, as packs name it. Null `refresh_months`: what was learned once stays."""

    name = models.CharField(max_length=60, unique=True)
    refresh_months = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(refresh_months__isnull=True)
                | models.Q(refresh_months__gte=1, refresh_months__lte=120),
                name="staff_skill_refresh_months",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Team(models.Model):
    """People who share work. `services` are the ids of the services whose cases come to the team."""

    name = models.CharField(max_length=80, unique=True)
    services = models.JSONField(default=list)

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager["User"]):
    """Makes accounts; the e-mail address is the sign-in name."""

    def create_user(self, *, email: str, password: str | None = None, **fields: object) -> User:
        """A new account with this password (None: it cannot sign in by password)."""
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A member of staff."""

    email = models.EmailField(max_length=254)
    full_name = models.CharField(max_length=120)
    role = models.CharField(max_length=16, choices=Role.choices)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)
    sessions_ended_at = models.DateTimeField(null=True, blank=True)  # sessions begun before it are over
    teams = models.ManyToManyField(Team, related_name="members")

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["full_name", "role"]

    objects = UserManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), name="staff_email_once"),
            models.CheckConstraint(condition=models.Q(role__in=Role.values), name="staff_role_known"),
        ]

    def __str__(self) -> str:
        return self.full_name

    def session_is_over(self, begun_at: datetime) -> bool:
        """Whether a session begun then has been ended: signed out everywhere, left, or given a new role."""
        return self.left_at is not None or (
            self.sessions_ended_at is not None and begun_at <= self.sessions_ended_at
        )


class SkillHeld(models.Model):
    """A skill that a person holds from a day on, with a level from 1 (learning) to 3 (teaches others).

    It holds until `until_on` (that day included), or until a later row of the same person and skill begins: of those that
    have begun, the latest says what is so, and two can never say different things of one day. `refresh_by_on`: the
    last day before which it must be refreshed; null where it need not be. `skills` tells what holds on a day.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="skills_held")
    skill = models.ForeignKey(Skill, on_delete=models.CASCADE)
    level = models.PositiveSmallIntegerField(default=2)
    since_on = models.DateField()
    refresh_by_on = models.DateField(null=True, blank=True)
    until_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "skill", "since_on"], name="staff_skill_once_a_day"),
            models.CheckConstraint(condition=models.Q(level__gte=1, level__lte=3), name="staff_skill_level"),
            models.CheckConstraint(
                condition=models.Q(until_on__isnull=True) | models.Q(until_on__gte=models.F("since_on")),
                name="staff_skill_ends_after_it_began",
            ),
            models.CheckConstraint(
                condition=models.Q(refresh_by_on__isnull=True)
                | models.Q(refresh_by_on__gte=models.F("since_on")),
                name="staff_skill_refreshed_after_it_began",
            ),
        ]


class TrainingArea(models.Model):
    """What people are trained in. `skill` is refreshed by attending; where `gives_level` is set, who does not hold the
    skill yet holds it at that level from then on.
    """

    name = models.CharField(max_length=80, unique=True)
    skill = models.ForeignKey(Skill, null=True, on_delete=models.PROTECT, related_name="areas")
    gives_level = models.PositiveSmallIntegerField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(gives_level__isnull=True)
                | models.Q(gives_level__gte=1, gives_level__lte=3, skill__isnull=False),
                name="staff_area_gives_a_level",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class TrainingSession(models.Model):
    """One occasion of training. `held_at`: when it was said who came; until then, places are booked."""

    area = models.ForeignKey(TrainingArea, on_delete=models.PROTECT, related_name="sessions")
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField()
    where = models.CharField(max_length=120, blank=True)
    led_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="sessions_led")
    places = models.PositiveSmallIntegerField()
    held_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(held_at__isnull=True) | models.Q(cancelled_at__isnull=True),
                name="staff_session_held_or_cancelled",
            ),
            models.CheckConstraint(
                condition=models.Q(minutes__gte=5, minutes__lte=600, places__gte=1),
                name="staff_session_whole",
            ),
        ]
        indexes = [models.Index(fields=["starts_at"], name="staff_session_when")]


class Attendance(models.TextChoices):
    """What became of a place in a session."""

    BOOKED = "booked", "Booked"
    ATTENDED = "attended", "Attended"
    MISSED = "missed", "Missed"


class TrainingPlace(models.Model):
    """A place in a session for one person; each has at most one."""

    session = models.ForeignKey(TrainingSession, on_delete=models.CASCADE, related_name="taken")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="training")
    state = models.CharField(max_length=8, choices=Attendance.choices, default=Attendance.BOOKED)
    booked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="training_booked")
    booked_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["session", "user"], name="staff_training_place_once"),
            models.CheckConstraint(
                condition=models.Q(state__in=Attendance.values), name="staff_training_place_state"
            ),
        ]


class AssessmentDay(models.Model):
    """A day on which candidates are assessed."""

    held_on = models.DateField()
    where = models.CharField(max_length=120, blank=True)
    places = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(places__gte=1), name="staff_assessment_has_places")
        ]


class Stage(models.TextChoices):
    """How far a candidate has come."""

    INVITED = "invited", "Invited to an assessment day"
    OFFERED = "offered", "Offered the post"
    JOINING = "joining", "Accepted, starts on a day"
    JOINED = "joined", "Has started"
    NOT_TAKEN = "not taken", "Not taken on"
    WITHDREW = "withdrew", "Withdrew"


class Candidate(models.Model):
    """Somebody who may become an advisor. The name of who did not is erased when it is past its time."""

    full_name = models.CharField(max_length=120)
    team = models.ForeignKey(Team, null=True, on_delete=models.SET_NULL, related_name="candidates")
    day = models.ForeignKey(AssessmentDay, on_delete=models.PROTECT, related_name="candidates")
    stage = models.CharField(max_length=9, choices=Stage.choices, default=Stage.INVITED)
    joins_on = models.DateField(null=True)
    user = models.OneToOneField(User, null=True, on_delete=models.PROTECT, related_name="candidacy")
    moved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(stage__in=Stage.values), name="staff_candidate_stage"),
            models.CheckConstraint(
                condition=~models.Q(stage__in=[Stage.JOINING, Stage.JOINED])
                | models.Q(joins_on__isnull=False),
                name="staff_candidate_joins_on_a_day",
            ),
            models.CheckConstraint(
                condition=models.Q(stage=Stage.JOINED, user__isnull=False)
                | ~models.Q(stage=Stage.JOINED) & models.Q(user__isnull=True),
                name="staff_candidate_joined_has_account",
            ),
        ]


class PlannedSkill(models.Model):
    """A skill that somebody who is to join may take from a day on."""

    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="planned_skills")
    skill = models.ForeignKey(Skill, on_delete=models.CASCADE)
    level = models.PositiveSmallIntegerField(default=1)
    from_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["candidate", "skill"], name="staff_planned_skill_once"),
            models.CheckConstraint(
                condition=models.Q(level__gte=1, level__lte=3), name="staff_planned_skill_level"
            ),
        ]
