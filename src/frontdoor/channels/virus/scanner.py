"""The port for virus scanners."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Protocol


class Verdict(StrEnum):
    """What is known of a file. 'not scanned' is said where a council has no scanner; it is not 'clean'."""

    CLEAN = "clean"
    INFECTED = "infected"
    NOT_SCANNED = "not scanned"


@dataclass(frozen=True, kw_only=True)
class Scanned:
    """A verdict; `found` is the scanner's name for what it found, '' otherwise."""

    verdict: Verdict
    found: str = ""


class CannotScanNow(Exception):
    """The scanner does not answer. Trying again helps: the file is kept back until it has been scanned,
    not lost.
    """

    def __init__(self, reason: str, *, retry_after: timedelta = timedelta(minutes=1)) -> None:
        super().__init__(reason)
        self.reason = reason
        self.retry_after = retry_after


class VirusScanner(Protocol):
    """What an adapter for a virus scanner can do."""

    def scan(self, data: bytes) -> Scanned:
        """The verdict on a file. Raises CannotScanNow."""


class Unscanned:
    """For councils without a scanner: says so of every file, so that screens can say so too."""

    def scan(self, data: bytes) -> Scanned:
        """Always 'not scanned'."""
        return Scanned(verdict=Verdict.NOT_SCANNED)
