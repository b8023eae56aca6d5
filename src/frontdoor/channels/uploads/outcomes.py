"""What comes of an upload: a file that is safe to keep, or a refusal in words for the customer."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["image", "pdf"]


@dataclass(frozen=True, kw_only=True)
class AcceptedFile:
    """A file fit to keep. `data` may differ from what came (images are written anew); `sha256` is of
    `data`, in hex.

    `width` and `height` are pixels, for images; `pages` is the number of pages, for PDFs.
    """

    name: str
    content_type: str
    data: bytes = field(repr=False)
    sha256: str
    width: int | None = None
    height: int | None = None
    pages: int | None = None


@dataclass(frozen=True, kw_only=True)
class RefusedFile:
    """A file that was not taken. `rule` names which rule, for the journal; the words are for the customer."""

    rule: str
    reason: str
    what_to_do: str

    @property
    def words(self) -> str:
        """The reason and what to do, as one text for an error message."""
        return f"{self.reason} {self.what_to_do}"


class Refusal(Exception):
    """Carries a RefusedFile out of the depths of a check."""

    def __init__(self, rule: str, reason: str, what_to_do: str) -> None:
        super().__init__(rule)
        self.file = RefusedFile(rule=rule, reason=reason, what_to_do=what_to_do)


@dataclass(frozen=True, kw_only=True)
class Limits:
    """How large a file may be: bytes as uploaded, pixels of an image we decode, pages of a PDF.

    A larger JPEG is decoded at a smaller scale, which costs no more memory; other large images are
    refused unread. `longest_side` is what an image is scaled down to, enough to read a letter by.
    """

    max_bytes: int = 10 * 1024 * 1024
    max_pixels: int = 24_000_000
    max_jpeg_pixels: int = 64_000_000
    longest_side: int = 4000
    max_pages: int = 200
