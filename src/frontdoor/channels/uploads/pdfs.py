"""PDFs: opened far enough to know that people can read them and that they hold no programs."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterable
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from frontdoor.channels.uploads.outcomes import Limits, Refusal

logging.getLogger("pypdf").setLevel(logging.ERROR)  # it comments on every oddity of every file

_PROGRAMS = frozenset({"/JavaScript", "/JS", "/Launch", "/SubmitForm", "/ImportData", "/RichMedia", "/XFA"})
_FILES = frozenset({"/EmbeddedFiles", "/EmbeddedFile", "/FileAttachment"})
_MOST_OBJECTS = 200_000
_END_OF_ARCHIVE, _MOST_ARCHIVE_END = b"PK\x05\x06", 70_000  # a zip file is read from its end
_BROKEN = (
    PyPdfError,
    OSError,
    ValueError,
    KeyError,
    IndexError,
    TypeError,
    AttributeError,
    RecursionError,
    AssertionError,
    NotImplementedError,
    OverflowError,
    MemoryError,
    ArithmeticError,
)


def check_pdf(data: bytes, *, limits: Limits) -> tuple[bytes, int]:
    """The PDF and its number of pages. What stands before or after it (a hidden archive, say) is cut away.

    Raises Refusal: for a password, programs, files inside, no or too many pages, or damage.
    """
    try:
        reader = PdfReader(io.BytesIO(data), strict=False)
        if reader.is_encrypted:
            raise Refusal(
                "pdf locked",
                "The PDF is protected by a password.",
                "Save a copy without a password, or send photos or screenshots of its pages.",
            )
        pages = len(reader.pages)
        _refuse_page_count(pages, limits)
        _refuse_active(reader)
        return (data if _is_whole(data) else _written_anew(reader)), pages
    except _BROKEN as error:
        raise Refusal(
            "pdf broken",
            "The PDF is damaged and cannot be opened.",
            "Save or scan it again and upload the new one.",
        ) from error


def _refuse_page_count(pages: int, limits: Limits) -> None:
    if pages == 0:
        raise Refusal(
            "pdf empty", "The PDF has no pages.", "Check that it opens on your device and upload it again."
        )
    if pages > limits.max_pages:
        raise Refusal(
            "pdf too long",
            f"The PDF has {pages} pages. We can take up to {limits.max_pages}.",
            "Upload only the pages we asked for.",
        )


def _refuse_active(reader: PdfReader) -> None:
    names = _names_in(reader)
    if names & _PROGRAMS:
        raise Refusal(
            "pdf with program",
            "The PDF contains a small program or an interactive form, which we cannot accept.",
            "Print it to a new PDF, or send photos or screenshots of its pages.",
        )
    if names & _FILES:
        raise Refusal(
            "pdf with files",
            "The PDF has other files packed inside it, which we cannot accept.",
            "Upload each file on its own.",
        )


def _names_in(reader: PdfReader) -> set[str]:
    """Every dictionary key and name value in reach of the trailer, each object looked at once; contents
    unopened.
    """
    found: set[str] = set()
    seen: set[int] = set()
    waiting: list[Any] = [reader.trailer]
    looked_at = 0
    while waiting:
        thing = waiting.pop()
        if isinstance(thing, IndirectObject):
            if thing.idnum in seen:
                continue
            seen.add(thing.idnum)
            thing = thing.get_object()
        looked_at += 1
        if looked_at > _MOST_OBJECTS:
            raise ValueError("too many objects")
        waiting.extend(_inside(thing, found))
    return found


def _inside(thing: object, found: set[str]) -> Iterable[Any]:
    if isinstance(thing, DictionaryObject):
        found.update(str(key) for key in thing)
        found.update(str(thing.raw_get(key)) for key in ("/S", "/Type", "/Subtype") if key in thing)
        return [thing.raw_get(key) for key in thing if key != "/Parent"]
    return list(thing) if isinstance(thing, ArrayObject) else []


def _is_whole(data: bytes) -> bool:
    """Does the file end where the PDF ends, and is no archive hung on behind? (An archive may end in
    "%%EOF" too.)
    """
    end = data.rfind(b"%%EOF")
    has_archive = _END_OF_ARCHIVE in data[-_MOST_ARCHIVE_END:]
    return end >= 0 and not data[end + 5 :].strip(b"\r\n \x00\t") and not has_archive


def _written_anew(reader: PdfReader) -> bytes:
    out = io.BytesIO()
    writer = PdfWriter(clone_from=reader)
    writer.write(out)
    return out.getvalue()
