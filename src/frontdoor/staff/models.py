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
    """Something a person can be good at, as packs name it."""

    name = models.CharField(max_length=60, unique=True)

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
    skills: models.ManyToManyField[Skill, SkillHeld] = models.ManyToManyField(Skill, through="SkillHeld")

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
    """A skill that a person holds, with a level from 1 (learning) to 3 (teaches others)."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="skills_held")
    skill = models.ForeignKey(Skill, on_delete=models.CASCADE)
    level = models.PositiveSmallIntegerField(default=2)
    since_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "skill"], name="staff_skill_once"),
            models.CheckConstraint(condition=models.Q(level__gte=1, level__lte=3), name="staff_skill_level"),
        ]
