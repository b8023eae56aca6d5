"""Evidence for the demo council: small pictures and letters with EXAMPLE across them."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from functools import cache
from random import Random

from fpdf import FPDF
from PIL import Image, ImageDraw, ImageFont

KINDS_OF_EACH = 3
SIZE = (420, 560)
PAPER, INK, STAMP = (250, 249, 244), (40, 40, 40), (176, 32, 48)


def paper(*, title: str, accepts: frozenset[str], rng: Random) -> tuple[str, bytes]:
    """File name and content of a made-up paper of this kind: a PDF letter where it may be one, else a picture."""
    number = rng.randrange(KINDS_OF_EACH)
    if "pdf" in accepts and rng.random() < 0.5:
        return f"{_plain(title)}.pdf", letter(title, number)
    return f"{_plain(title)}.jpg", picture(title, number)


@cache
def picture(title: str, number: int) -> bytes:
    """A JPEG of a sheet of paper, or of a head and shoulders where the title says photo."""
    image = Image.new("RGB", SIZE, (214 - 12 * number, 216, 220))
    draw = ImageDraw.Draw(image)
    if "photo of the p" in title.lower():
        _portrait(draw, number)
    else:
        _sheet(draw, title, number)
    draw.text((70, 470), "EXAMPLE", font=ImageFont.load_default(64), fill=STAMP)
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=72)
    return buffer.getvalue()


def _portrait(draw: ImageDraw.ImageDraw, number: int) -> None:
    skin = ((240, 205, 175), (150, 100, 70), (205, 160, 120))[number]
    draw.ellipse((135, 110, 285, 310), fill=skin)
    draw.pieslice((60, 300, 360, 700), 180, 360, fill=(70, 85 + 30 * number, 120))
    draw.pieslice((125, 95, 295, 270), 180, 360, fill=(60 + 60 * number, 50, 45))


def _sheet(draw: ImageDraw.ImageDraw, title: str, number: int) -> None:
    draw.rectangle((30, 24, 390, 540), fill=PAPER, outline=INK)
    draw.text((50, 44), title[:34], font=ImageFont.load_default(20), fill=INK)
    for line in range(13):
        width = 300 - (line * 37 + number * 53) % 140
        draw.rectangle((50, 100 + line * 26, 50 + width, 108 + line * 26), fill=(150, 150, 150))


@cache
def letter(title: str, number: int) -> bytes:
    """A one-page PDF that says what it would prove."""
    pdf = FPDF(format="A4")
    pdf.set_creation_date(datetime(2026, 1, 5, tzinfo=UTC))
    pdf.add_page()
    pdf.set_font("helvetica", "B", 18)
    pdf.cell(0, 14, "EXAMPLE - not a real paper", new_x="LMARGIN", new_y="NEXT")
    pdf.set_font("helvetica", size=12)
    said = title.replace("’", "'").encode("latin-1", "replace").decode("latin-1")
    pdf.multi_cell(
        0,
        8,
        f"{said}\n\nOffice {number + 1}, Example Street.\n\nThis letter stands for the one a customer would send.",
    )
    return bytes(pdf.output())


def _plain(title: str) -> str:
    kept = "".join(c if c.isalnum() else "-" for c in title.lower().replace("’", ""))
    return "-".join(part for part in kept.split("-") if part)[:40]
