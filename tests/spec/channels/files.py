"""Files as people upload them, good and bad, made on the spot."""

from __future__ import annotations

import io
import random
import struct
import zipfile
import zlib
from collections.abc import Callable

from fpdf import FPDF
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject


def picture(
    width: int = 60, height: int = 40, *, mode: str = "RGB", fmt: str = "JPEG", **options: object
) -> bytes:
    """A picture whose top left quarter is red and whose rest is blue (or white and black)."""
    red, blue = {"RGB": ((200, 0, 0), (0, 0, 200)), "RGBA": ((200, 0, 0, 255), (0, 0, 200, 0))}.get(
        mode, (200, 20)
    )
    image = Image.new(mode, (width, height), blue)
    image.paste(red, (0, 0, width // 2, height // 2))
    out = io.BytesIO()
    image.save(out, fmt, **options)
    return out.getvalue()


def photo_with_place() -> bytes:
    """A JPEG that says where it was taken, by which camera, and that it lies on its side."""
    exif = Image.Exif()
    exif[0x010F] = "Example Camera"
    exif[0x0112] = 6
    exif.get_ifd(0x8825)[2] = (51.0, 30.0, 0.0)
    return picture(60, 40, exif=exif.tobytes(), comment=b"taken at home")


def animation() -> bytes:
    """A GIF of three frames: red, green, blue."""
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "green", "blue")]
    out = io.BytesIO()
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:], duration=100)
    return out.getvalue()


def png_bomb(width: int = 30_000, height: int = 30_000) -> bytes:
    """A PNG of a few hundred kilobytes that says it is 900 megapixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(bytes(1_000_000), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def zip_file(names: tuple[str, ...] = ("a.txt",), *, size: int = 100, comment: bytes = b"") -> bytes:
    """A zip file; a large `size` of nothing makes a small bomb of it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(name, bytes(size))
        archive.comment = comment
    return out.getvalue()


def pdf(pages: int = 2) -> bytes:
    """A plain PDF."""
    document = FPDF()
    for number in range(pages):
        document.add_page()
        document.set_font("helvetica", size=12)
        document.cell(text=f"Page {number + 1}")
    return bytes(document.output())


def _rewritten(change: Callable[[PdfWriter], object]) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf())))
    change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _action(kind: str, key: str, value: str) -> DictionaryObject:
    return DictionaryObject({NameObject("/S"): NameObject(kind), NameObject(key): TextStringObject(value)})


def locked_pdf() -> bytes:
    return _rewritten(lambda writer: writer.encrypt("secret"))


def pdf_with_javascript() -> bytes:
    """A program that runs when the second page is shown."""
    shown = DictionaryObject({NameObject("/O"): _action("/JavaScript", "/JS", "app.alert(1)")})
    return _rewritten(lambda writer: writer.pages[1].update({NameObject("/AA"): shown}))


def pdf_with_javascript_spelled_oddly() -> bytes:
    """The same with its name written in character codes, as readers allow."""
    return pdf_with_javascript().replace(b"/JavaScript", b"/J#61v#61Script").replace(b"/JS ", b"/#4aS ")


def pdf_with_file() -> bytes:
    return _rewritten(lambda writer: writer.add_attachment("evil.exe", b"MZ"))


def pdf_with_launch() -> bytes:
    launch = _action("/Launch", "/F", "calc.exe")
    return _rewritten(lambda writer: writer.root_object.update({NameObject("/OpenAction"): launch}))


def noise(size: int = 5000) -> bytes:
    """Bytes of no type."""
    return b"\x00\x01" + random.Random(1).randbytes(size)
