"""Uploads: what is taken, what is refused, and in which words."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Callable

import pytest
from PIL import Image
from pypdf import PdfReader

from frontdoor.channels.uploads.outcomes import AcceptedFile, Kind, Limits, RefusedFile
from frontdoor.channels.uploads.receive import receive_upload
from tests.spec.channels import files


def accepted(name: str, data: bytes, limits: Limits | None = None) -> AcceptedFile:
    outcome = receive_upload(name, data, limits=limits)
    assert isinstance(outcome, AcceptedFile), outcome
    return outcome


def opened(file: AcceptedFile) -> Image.Image:
    image = Image.open(io.BytesIO(file.data))
    image.load()
    return image


TAKEN: list[tuple[str, Callable[[], bytes], str, tuple[int | None, int | None, int | None]]] = [
    ("photo.jpg", files.picture, "image/jpeg", (60, 40, None)),
    ("IMG_1.JPEG", lambda: files.picture(mode="L"), "image/jpeg", (60, 40, None)),
    ("print.jpg", lambda: files.picture(mode="CMYK"), "image/jpeg", (60, 40, None)),
    ("progressive.jpg", lambda: files.picture(progressive=True), "image/jpeg", (60, 40, None)),
    ("scan.png", lambda: files.picture(fmt="PNG"), "image/png", (60, 40, None)),
    ("fax.png", lambda: files.picture(mode="1", fmt="PNG"), "image/png", (60, 40, None)),
    ("deep.png", lambda: files.picture(mode="I;16", fmt="PNG"), "image/png", (60, 40, None)),
    ("cut-out.png", lambda: files.picture(mode="RGBA", fmt="PNG"), "image/png", (60, 40, None)),
    ("web.webp", lambda: files.picture(fmt="WEBP"), "image/png", (60, 40, None)),
    ("moving.gif", files.animation, "image/png", (20, 20, None)),
    ("a png called.jpg", lambda: files.picture(fmt="PNG"), "image/png", (60, 40, None)),
    ("on its side.jpg", files.photo_with_place, "image/jpeg", (40, 60, None)),
    ("form.pdf", files.pdf, "application/pdf", (None, None, 2)),
    ("a pdf called.jpg", files.pdf, "application/pdf", (None, None, 2)),
]


@pytest.mark.parametrize(("name", "make", "content_type", "measure"), TAKEN, ids=[row[0] for row in TAKEN])
def test_file_is_taken(
    name: str,
    make: Callable[[], bytes],
    content_type: str,
    measure: tuple[int | None, int | None, int | None],
) -> None:
    file = accepted(name, make())

    assert (file.content_type, (file.width, file.height, file.pages)) == (content_type, measure)
    assert file.sha256 == hashlib.sha256(file.data).hexdigest()
    assert file.name.endswith(
        {"image/jpeg": ".jpg", "image/png": ".png", "application/pdf": ".pdf"}[content_type]
    )


HEIC = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + bytes(100)
REFUSED: list[tuple[str, bytes | Callable[[], bytes], str, str]] = [
    ("empty.jpg", b"", "empty", "empty"),
    ("11MB.jpg", b"\xff\xd8\xff" + bytes(10 * 1024 * 1024), "too large", "10 MB"),
    ("holiday.jpg.exe", b"MZ\x90\x00" + bytes(200), "type application/x-executable", "program"),
    ("renamed.jpg", b"MZ\x90\x00" + bytes(200), "type application/x-executable", "program"),
    ("linux.pdf", b"\x7fELF" + bytes(200), "type application/x-executable", "program"),
    ("script.pdf", b"#!/bin/sh\nrm -rf /\n", "type application/x-executable", "program"),
    ("bomb.zip", lambda: files.zip_file(size=50_000_000), "type application/zip", "archive"),
    ("zip.jpg", files.zip_file, "type application/zip", "archive"),
    (
        "essay.docx",
        lambda: files.zip_file(("[Content_Types].xml", "word/document.xml")),
        "type application/msword",
        "Word",
    ),
    ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(200), "type application/msword", "Word"),
    (
        "drawing.svg",
        b'<svg xmlns="http://www.w3.org/2000/svg"><script>x</script></svg>',
        "type image/svg+xml",
        "SVG",
    ),
    ("drawing.png", b'<?xml version="1.0"?>\n<!-- x --><svg onload="x"/>', "type image/svg+xml", "SVG"),
    ("IMG_0001.HEIC", HEIC, "type image/heic", "HEIC"),
    ("IMG_0001.jpg", HEIC, "type image/heic", "HEIC"),
    ("film.mp4", b"\x00\x00\x00\x18ftypisom" + bytes(100), "type video/any", "video"),
    ("fax.tif", b"II*\x00" + bytes(100), "type image/tiff", "TIFF"),
    ("page.pdf", b"<!DOCTYPE html><script>x</script>", "type text/html", "web page"),
    ("noise.jpg", files.noise, "unknown type", "do not recognise"),
    ("letter.txt", b"Dear council,", "unknown type", "do not recognise"),
    ("cut short.jpg", lambda: files.picture(600, 400)[:900], "image broken", "damaged"),
    ("header only.jpg", b"\xff\xd8\xff\xe0" + bytes(50), "image broken", "damaged"),
    ("cut short.png", lambda: files.picture(600, 400, fmt="PNG")[:60], "image broken", "damaged"),
    ("bomb.png", files.png_bomb, "image too large", "more detail"),
    ("locked.pdf", files.locked_pdf, "pdf locked", "password"),
    ("js.pdf", files.pdf_with_javascript, "pdf with program", "program"),
    ("odd js.pdf", files.pdf_with_javascript_spelled_oddly, "pdf with program", "program"),
    ("launch.pdf", files.pdf_with_launch, "pdf with program", "program"),
    ("inside.pdf", files.pdf_with_file, "pdf with files", "other files"),
    ("cut short.pdf", lambda: files.pdf()[:200], "pdf broken", "damaged"),
    ("header only.pdf", b"%PDF-1.7\n" + bytes(100), "pdf broken", "damaged"),
    ("long.pdf", lambda: files.pdf(201), "pdf too long", "201 pages"),
]


@pytest.mark.parametrize(("name", "make", "rule", "word"), REFUSED, ids=[row[0] for row in REFUSED])
def test_file_is_refused_in_clear_words(
    name: str, make: bytes | Callable[[], bytes], rule: str, word: str
) -> None:
    outcome = receive_upload(name, make if isinstance(make, bytes) else make())

    assert isinstance(outcome, RefusedFile), outcome
    assert outcome.rule == rule
    assert word in outcome.reason
    assert outcome.what_to_do.endswith(".")
    assert outcome.words == f"{outcome.reason} {outcome.what_to_do}"


def test_photo_loses_place_camera_and_comment_and_stands_upright() -> None:
    before = files.photo_with_place()
    assert b"Example Camera" in before

    after = accepted("photo.jpg", before)

    assert b"Example Camera" not in after.data
    assert b"taken at home" not in after.data
    image = opened(after)
    assert (dict(image.getexif()), image.info.get("icc_profile"), image.info.get("comment")) == (
        {},
        None,
        None,
    )
    red, _, blue = image.convert("RGB").crop((35, 5, 36, 6)).tobytes()
    assert (red > 150, blue < 60) == (True, True)


@pytest.mark.parametrize("fmt", ["JPEG", "PNG", "GIF", "WEBP"])
def test_archive_behind_a_picture_is_gone(fmt: str) -> None:
    both = files.picture(fmt=fmt) + files.zip_file(("evil.exe",))
    assert zipfile.is_zipfile(io.BytesIO(both))

    assert not zipfile.is_zipfile(io.BytesIO(accepted("both.jpg", both).data))


@pytest.mark.parametrize("is_dressed_up", [False, True], ids=["plain", "dressed up as the PDF's end"])
def test_archive_behind_a_pdf_is_gone_and_the_pages_are_there(is_dressed_up: bool) -> None:
    whole = files.pdf()
    end = whole[whole.rfind(b"startxref") :] if is_dressed_up else b""
    both = whole + files.zip_file(("evil.exe",), comment=end)
    assert zipfile.is_zipfile(io.BytesIO(both))

    file = accepted("both.pdf", both)

    assert not zipfile.is_zipfile(io.BytesIO(file.data))
    assert [page.extract_text() for page in PdfReader(io.BytesIO(file.data)).pages] == ["Page 1", "Page 2"]


def test_plain_pdf_is_kept_byte_for_byte() -> None:
    before = files.pdf()
    assert accepted("form.pdf", before).data == before


def test_moving_picture_keeps_its_first_frame() -> None:
    image = opened(accepted("moving.gif", files.animation()))
    assert getattr(image, "n_frames", 1) == 1
    assert image.convert("RGB").getpixel((5, 5)) == (255, 0, 0)


def test_forty_megapixel_photo_is_taken_smaller() -> None:
    file = accepted("large.jpg", files.picture(7744, 5184))
    assert (file.content_type, file.width, file.height) == ("image/jpeg", 3872, 2592)


def test_forty_megapixel_png_is_refused_unread() -> None:
    outcome = receive_upload("large.png", files.picture(7744, 5184, mode="L", fmt="PNG"))
    assert isinstance(outcome, RefusedFile)
    assert outcome.rule == "image too large"


def test_png_that_would_grow_too_large_becomes_a_jpeg() -> None:
    limits = Limits(max_bytes=60_000)
    noisy = Image.effect_noise((300, 300), 90)
    out = io.BytesIO()
    noisy.save(out, "WEBP", quality=30)

    assert accepted("noisy.webp", out.getvalue(), limits).content_type == "image/jpeg"


def test_what_is_see_through_becomes_white_in_a_jpeg() -> None:
    limits = Limits(max_bytes=len(files.picture(mode="RGBA", fmt="WEBP", lossless=True)))
    file = accepted("cut-out.webp", files.picture(mode="RGBA", fmt="WEBP", lossless=True), limits)
    assert file.content_type == "image/jpeg"
    assert min(opened(file).convert("RGB").crop((55, 35, 56, 36)).tobytes()) > 240


class Endless:
    """A stream that never ends; counts what was taken from it."""

    def __init__(self) -> None:
        self.taken = 0

    def read(self, size: int, /) -> bytes:
        self.taken += size
        return b"\xff" * size


def test_endless_stream_is_read_no_further_than_the_limit() -> None:
    stream = Endless()
    outcome = receive_upload("endless.jpg", stream, limits=Limits(max_bytes=1_000_000))
    assert isinstance(outcome, RefusedFile)
    assert (outcome.rule, stream.taken) == ("too large", 1_000_001)


def test_stream_gives_the_same_as_bytes() -> None:
    data = files.picture(fmt="PNG")
    assert receive_upload("a.png", io.BytesIO(data)) == receive_upload("a.png", data)


def test_only_wanted_kinds_are_taken() -> None:
    only_pdf: list[Kind] = ["pdf"]
    only_image: list[Kind] = ["image"]
    photo = receive_upload("a.jpg", files.picture(), accept=only_pdf)
    document = receive_upload("a.pdf", files.pdf(), accept=only_image)
    assert isinstance(photo, RefusedFile)
    assert isinstance(document, RefusedFile)
    assert (photo.rule, document.rule) == ("image not wanted", "pdf not wanted")
