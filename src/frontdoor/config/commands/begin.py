"""Prepare a new installation: the database, the council's teams, and the first administrator.

May be run again: it makes the teams that are missing, and a second administrator never.
"""

from __future__ import annotations

import argparse
import sys

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from frontdoor.config.prepare import prepare_database
from frontdoor.handling.beginning import BegunAlready, add_first_administrator, make_teams
from frontdoor.kernel.clock import now_utc
from frontdoor.staff.actions import AlreadyHere


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Who the first administrator is."""
    parser.add_argument("email", help="the first administrator’s email address")
    parser.add_argument("name", help="their full name, in quotation marks")


def run(args: argparse.Namespace) -> int:
    """Prepare, and say how the administrator gets in."""
    try:
        validate_email(args.email)
    except ValidationError:
        print(f"{args.email!r} is no email address. Nothing was changed.", file=sys.stderr)
        return 2
    prepare_database()
    made = make_teams(at=now_utc())
    print(f"Teams added: {', '.join(made) or 'none were missing'}.")
    try:
        add_first_administrator(email=args.email, full_name=args.name, at=now_utc())
    except (BegunAlready, AlreadyHere) as fault:
        print(str(fault.__doc__), file=sys.stderr)
        return 1
    print(
        f"{args.name} is the first administrator. They choose a password with “Forgotten password” at /staff/."
    )
    return 0
