"""Run one of Django's own commands, such as `./run manage makemigrations`."""

from __future__ import annotations

import argparse

from django.core.management import execute_from_command_line


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Everything after `manage` belongs to Django."""
    parser.add_argument("words", nargs=argparse.REMAINDER, help="Django's command and its options")


def run(args: argparse.Namespace) -> int:
    """Hand over to Django."""
    execute_from_command_line(["./run manage", *args.words])
    return 0
