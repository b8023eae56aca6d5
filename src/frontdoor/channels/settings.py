"""Reading an adapter's settings from a mapping of environment values, with errors an operator can act on."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from urllib.parse import urlsplit


class BadSetting(ValueError):
    """A setting is missing or cannot be used. Trying again does not help until it is put right."""

    def __init__(self, name: str, problem: str, remedy: str) -> None:
        super().__init__(f"{name} {problem}. {remedy}")
        self.name = name


def needed(environ: Mapping[str, str], name: str, *, remedy: str) -> str:
    """The value of a setting that must be there. Raises BadSetting, with `remedy` as what to do, when it is
    not.
    """
    value = environ.get(name, "").strip()
    if not value:
        raise BadSetting(name, "is not set", remedy)
    return value


def whole_number(environ: Mapping[str, str], name: str, *, default: int, least: int, most: int) -> int:
    """A whole number from `least` to `most`; `default` when the setting is absent or empty."""
    text = environ.get(name, "").strip()
    if not text:
        return default
    if not text.isascii() or not text.isdigit() or not least <= int(text) <= most:
        raise BadSetting(
            name, "is not a number that can be used", f"Give a whole number from {least} to {most}."
        )
    return int(text)


def one_of(environ: Mapping[str, str], name: str, *, default: str, choices: Collection[str]) -> str:
    """One of a few words; `default` when the setting is absent or empty."""
    value = environ.get(name, "").strip() or default
    if value not in choices:
        raise BadSetting(
            name, "is not one of the words it may be", f"Use one of: {', '.join(sorted(choices))}."
        )
    return value


def web_address(environ: Mapping[str, str], name: str, *, default: str) -> str:
    """A base web address without a closing slash: https, or http to this machine only (for stand-ins)."""
    value = (environ.get(name, "").strip() or default).rstrip("/")
    parts = urlsplit(value)
    is_local = parts.hostname in {"127.0.0.1", "localhost", "::1"}
    if parts.scheme != "https" and not (parts.scheme == "http" and is_local):
        raise BadSetting(
            name, "is not a safe web address", "Start it with https:// (http:// only for this machine)."
        )
    if not parts.hostname:
        raise BadSetting(name, "has no host name", "Write it like https://service.example.")
    return value
