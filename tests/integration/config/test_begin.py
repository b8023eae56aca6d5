"""The first administrator of a new installation."""

from __future__ import annotations

import pytest

from tests.integration.installing import Installation


@pytest.mark.any_database
def test_new_installation_gets_its_teams_and_one_administrator(prepared: Installation) -> None:
    said = prepared.expect("begin", "edna@council.example", "Edna Elm")
    assert "Blue Badge team" in said
    assert "Edna Elm is the first administrator" in said
    assert prepared.query("SELECT email, role FROM staff_user") == [("edna@council.example", "administrator")]

    status, said = prepared.run("begin", "bob@council.example", "Bob Birchall")
    assert (status, "none were missing" in said, "administrator here already" in said) == (1, True, True)
    assert prepared.run("begin", "nobody", "No Body")[0] == 2
    assert len(prepared.query("SELECT 1 FROM staff_user")) == 1
