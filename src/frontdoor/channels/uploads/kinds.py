"""What a file is, by its first bytes. The name and the browser's word for it are not asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

_HEIC_BRANDS = {b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1", b"avif", b"avis"}


@dataclass(frozen=True)
class Found:
    """A type of file we know: `content_type`, and for images we decode, the decoder's name for it."""

    content_type: str
    decoder: str = ""


def _begins(*starts: bytes) -> Callable[[bytes], bool]:
    return lambda head: head.startswith(starts)


def _is_webp(head: bytes) -> bool:
    return head[:4] == b"RIFF" and head[8:12] == b"WEBP"


def _is_heic(head: bytes) -> bool:
    return head[4:8] == b"ftyp" and head[8:12] in _HEIC_BRANDS


def _is_film(head: bytes) -> bool:
    return (
        head[4:8] == b"ftyp"
        or head.startswith(b"\x1aE\xdf\xa3")
        or (head[:4] == b"RIFF" and head[8:12] == b"AVI ")
    )


def _is_svg(head: bytes) -> bool:
    return b"<svg" in head.lower()


def _is_markup(head: bytes) -> bool:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return start.startswith((b"<!doctype", b"<html", b"<?xml", b"<script", b"<body", b"<head"))


_TESTS: tuple[tuple[Callable[[bytes], bool], Found], ...] = (
    (_begins(b"\xff\xd8\xff"), Found("image/jpeg", "JPEG")),
    (_begins(b"\x89PNG\r\n\x1a\n"), Found("image/png", "PNG")),
    (_begins(b"GIF87a", b"GIF89a"), Found("image/gif", "GIF")),
    (_is_webp, Found("image/webp", "WEBP")),
    (_begins(b"%PDF-"), Found("application/pdf")),
    (_is_heic, Found("image/heic")),
    (_is_film, Found("video/any")),
    (_begins(b"II*\x00", b"MM\x00*"), Found("image/tiff")),
    (_begins(b"BM"), Found("image/bmp")),
    (_begins(b"PK\x03\x04", b"PK\x05\x06"), Found("application/zip")),
    (_begins(b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"7z\xbc\xaf\x27\x1c", b"Rar!"), Found("application/zip")),
    (_begins(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"{\\rtf"), Found("application/msword")),
    (
        _begins(b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"#!"),
        Found("application/x-executable"),
    ),
    (_is_svg, Found("image/svg+xml")),
    (_is_markup, Found("text/html")),
)


def kind_of(data: bytes) -> Found | None:
    """The type of a file by its content, or None when it is none we know."""
    head = data[:1024]
    return next((found for is_it, found in _TESTS if is_it(head)), None)


def is_office_file(data: bytes) -> bool:
    """Is this zip file a Word, Excel or similar document? By the names in it; nothing is unpacked."""
    return data.startswith(b"PK\x03\x04") and any(
        mark in data[:4096] for mark in (b"[Content_Types].xml", b"word/", b"xl/", b"ppt/", b"opendocument")
    )
