"""docs/generated/settings.md: every environment variable an installation can set."""

from __future__ import annotations

from collections.abc import Mapping

from frontdoor.config.variables import VARIABLES

PAGE = "docs/generated/settings.md"


def settings_page() -> Mapping[str, str]:
    """The page, by its path in the checkout."""
    rows = [f"| `{name}` | {words} |" for name, words in VARIABLES.items()]
    head = [
        "# Settings of an installation",
        "",
        "Set them in the environment of `./run`.",
        "",
        "| variable | meaning |",
    ]
    return {PAGE: "\n".join([*head, "|---|---|", *rows, ""])}
