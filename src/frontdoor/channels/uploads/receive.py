"""The door for uploads: read no more than allowed, find out what it is, make it safe or say why not."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from typing import Protocol

from frontdoor.channels.uploads.kinds import Found, is_office_file, kind_of
from frontdoor.channels.uploads.names import clean_name
from frontdoor.channels.uploads.outcomes import AcceptedFile, Kind, Limits, Refusal, RefusedFile

_CHUNK = 64 * 1024
_PHOTO_INSTEAD = "Upload a photo, a screenshot or a PDF instead."
_REFUSED_KINDS = {
    "image/heic": (
        "The picture is in HEIC or AVIF format, which we cannot open.",
        "Save it as JPEG and upload that. On an iPhone: Settings, Camera, Formats, Most Compatible.",
    ),
    "image/tiff": (
        "The picture is in TIFF format, which we cannot open.",
        "Save it as JPEG, PNG or PDF and upload that.",
    ),
    "image/bmp": (
        "The picture is in BMP format, which we cannot open.",
        "Save it as JPEG or PNG and upload that.",
    ),
    "image/svg+xml": (
        "The picture is an SVG drawing, which can hide programs.",
        "Save it as PNG or PDF and upload that.",
    ),
    "video/any": ("The file is a video.", "Upload a photo or a screenshot from it instead."),
    "application/zip": (
        "The file is an archive, such as a zip.",
        "Unpack it and upload the photos or PDFs one by one.",
    ),
    "application/msword": ("The file is a Word document.", "Save it as PDF and upload that."),
    "application/x-executable": ("The file is a program, not a photo or document.", _PHOTO_INSTEAD),
    "text/html": ("The file is a web page, not a photo or document.", _PHOTO_INSTEAD),
}


class Readable(Protocol):
    """Anything that gives bytes piece by piece, such as an uploaded file."""

    def read(self, size: int, /) -> bytes: ...


def receive_upload(
    name: str,
    content: bytes | Readable,
    *,
    accept: Collection[Kind] = ("image", "pdf"),
    limits: Limits | None = None,
) -> AcceptedFile | RefusedFile:
    """Judges one uploaded file. Never raises for anything a person can upload; reads at most `max_bytes`
    + 1 bytes.
    """
    limits = limits or Limits()
    try:
        data = _read(content, limits.max_bytes)
        return _accepted(name, data, _acceptable_kind(data, accept), limits)
    except Refusal as refusal:
        return refusal.file


def _read(content: bytes | Readable, most: int) -> bytes:
    data = content[: most + 1] if isinstance(content, bytes) else _read_pieces(content, most)
    if not data:
        raise Refusal(
            "empty", "The file is empty.", "Check that it opens on your device and upload it again."
        )
    if len(data) > most:
        raise Refusal(
            "too large",
            f"The file is larger than {most // (1024 * 1024)} MB.",
            "Choose a smaller photo, or save the document with a smaller size.",
        )
    return data


def _read_pieces(content: Readable, most: int) -> bytes:
    pieces, size = [], 0
    while size <= most and (piece := content.read(min(_CHUNK, most + 1 - size))):
        pieces.append(piece)
        size += len(piece)
    return b"".join(pieces)


def _acceptable_kind(data: bytes, accept: Collection[Kind]) -> Found:
    found = kind_of(data)
    if found is None:
        raise Refusal("unknown type", "We do not recognise this type of file.", _PHOTO_INSTEAD)
    if is_office_file(data):
        found = Found("application/msword")
    if found.content_type in _REFUSED_KINDS:
        reason, what_to_do = _REFUSED_KINDS[found.content_type]
        raise Refusal(f"type {found.content_type}", reason, what_to_do)
    if found.decoder and "image" not in accept:
        raise Refusal(
            "image not wanted", "The file is a picture, and we need a document here.", "Upload a PDF instead."
        )
    if not found.decoder and "pdf" not in accept:
        raise Refusal(
            "pdf not wanted", "The file is a PDF, and we need a picture here.", "Upload a photo instead."
        )
    return found


def _accepted(name: str, data: bytes, found: Found, limits: Limits) -> AcceptedFile:
    if found.decoder:
        from frontdoor.channels.uploads.images import rewrite_image  # loaded with the first picture

        picture = rewrite_image(data, decoder=found.decoder, limits=limits)
        return AcceptedFile(
            name=clean_name(name, picture.content_type),
            content_type=picture.content_type,
            data=picture.data,
            sha256=hashlib.sha256(picture.data).hexdigest(),
            width=picture.width,
            height=picture.height,
        )
    from frontdoor.channels.uploads.pdfs import check_pdf  # loaded with the first PDF: it takes half a second

    kept, pages = check_pdf(data, limits=limits)
    return AcceptedFile(
        name=clean_name(name, found.content_type),
        content_type=found.content_type,
        data=kept,
        sha256=hashlib.sha256(kept).hexdigest(),
        pages=pages,
    )
