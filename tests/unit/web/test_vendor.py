from __future__ import annotations

import hashlib
import re
from pathlib import Path

from frontdoor import web

VENDOR = Path(web.__file__).parent / "static" / "vendor"


def test_vendored_files_are_those_the_readme_names() -> None:
    named = dict(
        re.findall(r"\| `([^`]+)` \| `([0-9a-f]{64})` \|", (VENDOR / "README.md").read_text("utf-8"))
    )
    shipped = {
        str(path.relative_to(VENDOR)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in VENDOR.rglob("*")
        if path.is_file() and path.name not in {"README.md", "LICENCE"}
    }
    assert shipped == named


def test_every_vendored_project_carries_its_licence() -> None:
    projects = [path for path in VENDOR.iterdir() if path.is_dir()]
    assert len(projects) == 3
    assert [path.name for path in projects if not (path / "LICENCE").read_text("utf-8").strip()] == []


def test_government_typeface_and_crest_are_not_shipped() -> None:
    sheet = (VENDOR / "govuk-frontend" / "govuk-frontend.min.css").read_text("utf-8")
    assert re.findall(r"@font-face|GDS Transport|govuk-crest|/assets/", sheet) == []
    assert [path.name for path in VENDOR.rglob("*.woff*")] == []
