"""Bring the built parts of other projects that our pages use into `web/static/vendor`.

    python scripts/vendor_static.py UNPACKED

UNPACKED is a folder in which `npm pack NAME@VERSION` archives have been unpacked as `NAME-VERSION/`. Only
built files are taken. The typeface, crest and crown of GOV.UK are not ours to use and are taken out on the
way in, so that they cannot be shown by mistake. Nobody needs npm to run or to test Front Door: what this
writes is committed.
"""

from __future__ import annotations

import hashlib
import re
import sys
from dataclasses import dataclass
from pathlib import Path

VENDOR = Path(__file__).resolve().parent.parent / "src" / "frontdoor" / "web" / "static" / "vendor"

FONT_FACE = re.compile(r"@font-face\{[^}]*\}")
CREST = re.compile(
    r"@supports [^{]*\{\.govuk-footer__copyright-logo:before\{[^}]*\}\}|[^{}]*\{[^{}]*govuk-crest[^{}]*\}"
)
SOURCE_MAP = re.compile(r"\s*(//# sourceMappingURL=\S+|/\*# sourceMappingURL=\S+ \*/)\s*$")
TYPEFACE = "var(--frontdoor-typeface, arial, sans-serif)"

MIT_GOVUK = """The MIT License (MIT)

Copyright (C) 2017 Crown Copyright (Government Digital Service)

Permission is hereby granted, free of charge, to any person obtaining a copy of
this software and associated documentation files (the "Software"), to deal in
the Software without restriction, including without limitation the rights to
use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies
of the Software, and to permit persons to whom the Software is furnished to do
so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all
copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
SOFTWARE.
"""


@dataclass(frozen=True)
class Package:
    """One project whose built files we ship; `files` maps the path in its archive to the name we give it."""

    name: str
    version: str
    licence: str
    home: str
    files: dict[str, str]
    licence_file: str | None = "LICENSE"


PACKAGES = (
    Package(
        name="govuk-frontend",
        version="6.3.0",
        licence="MIT",
        home="https://github.com/alphagov/govuk-frontend",
        files={
            "dist/govuk/govuk-frontend.min.css": "govuk-frontend.min.css",
            "dist/govuk/govuk-frontend.min.js": "govuk-frontend.min.js",
        },
        licence_file=None,  # its archive carries none; the text above is the one in its repository
    ),
    Package(
        name="leaflet",
        version="1.9.4",
        licence="BSD-2-Clause",
        home="https://leafletjs.com",
        files={"dist/leaflet.css": "leaflet.css", "dist/leaflet.js": "leaflet.js"}
        | {
            f"dist/images/{name}": f"images/{name}"
            for name in ("layers.png", "layers-2x.png", "marker-icon.png")
        },
    ),
    Package(
        name="htmx.org",
        version="2.0.11",
        licence="0BSD",
        home="https://htmx.org",
        files={"dist/htmx.min.js": "htmx.min.js"},
    ),
)


def without_government_marks(css: str) -> str:
    """The stylesheet with its web fonts and crest removed and its typeface left to the council."""
    css = CREST.sub("", FONT_FACE.sub("", css))
    return re.sub(r"GDS Transport,\s*arial,\s*sans-serif", TYPEFACE, css)


def adapted(package: Package, source: Path) -> bytes:
    """The bytes to ship for `source`: as built, save for the marks above and links to source maps we do not ship."""
    if source.suffix not in {".css", ".js"}:
        return source.read_bytes()
    text = SOURCE_MAP.sub("\n", source.read_text(encoding="utf-8"))
    if package.name == "govuk-frontend" and source.suffix == ".css":
        text = without_government_marks(text)
    return text.encode("utf-8")


def ship(package: Package, unpacked: Path) -> list[str]:
    """Copy one package and return its rows for the README: file and sha256 of what was shipped."""
    root = unpacked / f"{package.name}-{package.version}"
    target = VENDOR / package.name
    licence = (root / package.licence_file).read_text("utf-8") if package.licence_file else MIT_GOVUK
    target.mkdir(parents=True, exist_ok=True)
    (target / "LICENCE").write_text(licence, encoding="utf-8")
    rows = []
    for inside, name in package.files.items():
        content = adapted(package, root / inside)
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        (target / name).write_bytes(content)
        rows.append(f"| `{package.name}/{name}` | `{hashlib.sha256(content).hexdigest()}` |")
    return rows


def readme(rows: list[str]) -> str:
    """The table of what is here, by whom, under which licence, and its checksums."""
    named = [f"| [{p.name}]({p.home}) | {p.version} | {p.licence} |" for p in PACKAGES]
    return "\n".join(
        [
            "# Parts made by others",
            "",
            "Built files, committed so that neither running nor testing Front Door needs npm. Do not edit them:",
            "`scripts/vendor_static.py` writes this folder, and `tests/unit/web/test_vendor.py` checks the sums below.",
            "",
            "The web fonts, crest and crown that govuk-frontend can show belong to the government and are removed;",
            "the typeface is the council's to choose (`--frontdoor-typeface`, Arial when it chooses none).",
            "",
            "| project | version | licence |",
            "|---|---|---|",
            *named,
            "",
            "| file | sha256 |",
            "|---|---|",
            *rows,
            "",
        ]
    )


def main(unpacked: Path) -> None:
    """Ship every package and write the README."""
    rows = [row for package in PACKAGES for row in ship(package, unpacked)]
    (VENDOR / "README.md").write_text(readme(rows), encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
