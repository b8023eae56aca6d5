"""Email addresses, judged lightly: whether one works is shown by a link sent to it, not by its spelling."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 254  # RFC 5321 4.5.3.1.3, less the angle brackets
LONGEST_LOCAL = 64
LONGEST_LABEL = 63
LOCAL = re.compile(r"[^\s@<>()\[\]\\,;:\"]+")
LABEL = re.compile(r"[^\W_](?:[\w-]*[^\W_])?")


def read_email(text: str) -> str | None:
    """The address with its domain in small letters, or None where mail could not be sent to it.

    Plus signs, any top-level domain and any script are taken. White space around it is forgiven; anything
    that could slip into a message header is not.
    """
    address = unicodedata.normalize("NFC", text.strip(" \t\r\n<>"))
    local, at, domain = address.rpartition("@")
    domain = domain.removesuffix(".").lower()
    if not at or len(f"{local}@{domain}") > LONGEST or len(local) > LONGEST_LOCAL:
        return None
    if not LOCAL.fullmatch(local) or not local.isprintable() or _has_stray_dots(local):
        return None
    return f"{local}@{domain}" if _is_domain(domain) else None


def same_email(one: str, other: str) -> bool:
    """Whether two addresses reach the same mailbox as far as one can tell: the case is ignored."""
    first, second = read_email(one), read_email(other)
    return first is not None and second is not None and first.casefold() == second.casefold()


def masked_email(address: str) -> str:
    """An address of which only the first letter and the domain's first letter show: `a•••@e•••`."""
    local, _, domain = address.rpartition("@")
    return f"{local[:1]}•••@{domain[:1]}•••"


def _has_stray_dots(local: str) -> bool:
    return local.startswith(".") or local.endswith(".") or ".." in local


def _is_domain(domain: str) -> bool:
    labels = domain.split(".")
    if len(labels) < 2 or labels[-1].isdigit():
        return False
    return all(len(label) <= LONGEST_LABEL and LABEL.fullmatch(label) for label in labels)
