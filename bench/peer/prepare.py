"""Bring the peer's database to its code's level and open one queue to the public: `python -m bench.peer.prepare`."""

from __future__ import annotations

import os

import django
from django.core.management import call_command


def main() -> None:
    """Tables, the emails' words that it ships, and the queue."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.peer.settings"
    django.setup(set_prefix=False)
    call_command("migrate", interactive=False, verbosity=0)
    _open_queue()


def _open_queue() -> None:
    from django.apps import apps  # usable once Django is set up

    email_templates, queues = (
        apps.get_model("helpdesk", name).objects for name in ("EmailTemplate", "Queue")
    )

    if not email_templates.filter(template_name="newticket_submitter").exists():
        call_command("loaddata", "emailtemplate.json", verbosity=0)
    queues.get_or_create(
        slug="badges",
        defaults={
            "title": "Badges",
            "email_address": "badges@peer.example",
            "allow_public_submission": True,
            "enable_notifications_on_email_events": True,
        },
    )


if __name__ == "__main__":
    main()
