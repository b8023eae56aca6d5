"""From the first release to this one: nothing is lost, whoever starts first brings the database up, others wait."""

from __future__ import annotations

from pathlib import Path

from frontdoor.config.environment import CHECKOUT
from tests.integration.config import first_release
from tests.integration.config.conftest import PACKS, wait_for_page, wait_until
from tests.integration.config.structure import structure
from tests.integration.installing import PREPARE, Installation, at, template

MAKE = "from tests.integration.config.first_release import make; make()"
FIND = (
    "from frontdoor.contacts.models import FindCard;"
    "from django.db import connection; from django.db.migrations.executor import MigrationExecutor as E;"
    "e = E(connection); print('missing', len(e.migration_plan(e.loader.graph.leaf_nodes())));"
    "print('filed', FindCard.objects.count())"
)
KEPT = """
SELECT (SELECT count(*) FROM cases_case), (SELECT count(*) FROM contacts_customer),
(SELECT count(*) FROM contacts_contact), (SELECT count(*) FROM contacts_delivery),
(SELECT count(*) FROM journal_journalentry WHERE event = 'case opened')
"""
SENT = "SELECT count(*) FROM contacts_delivery WHERE done_at IS NOT NULL"
NAMES = "SELECT full_name FROM contacts_customer ORDER BY full_name"


def test_first_release_s_database_is_brought_up_by_processes_that_start_at_once(
    installation: Installation, port: int, templates: Path
) -> None:
    installation.variables |= {
        "FRONTDOOR_PACKS": str(PACKS),
        "PYTHONPATH": f"{CHECKOUT / 'src'}:{CHECKOUT}",
        "FRONTDOOR_EMAIL_BY": "console",
    }
    installation.expect("manage", "shell", "-c", MAKE)
    before = installation.query(KEPT)
    assert before == [(first_release.CASES,) * 5]

    web = installation.start("web", "--port", str(port))
    workers = [installation.start("worker") for _ in range(2)]
    wait_for_page(f"http://127.0.0.1:{port}/healthz", web)
    wait_until(lambda: installation.query(SENT) == [(first_release.CASES,)])

    assert installation.query(KEPT) == before
    assert [name for (name,) in installation.query(NAMES)] == [f"Moira O’Brien-{n}" for n in (1, 2, 3)]
    told = installation.expect("manage", "shell", "-c", FIND)
    assert "missing 0" in told
    assert f"filed {first_release.CASES}" in told
    assert structure(installation) == structure(at(template(templates, "prepared", PREPARE)))
    for process in (web, *workers):
        status, words = installation.end(process)
        assert (status, "Traceback" in words) == (0, False), words
    assert installation.run("journal", "verify")[0] == 0
