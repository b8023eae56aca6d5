"""Images: decoded, turned upright, freed of everything but the picture, and written anew."""

from __future__ import annotations

import io
from dataclasses import dataclass

from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from frontdoor.channels.uploads.outcomes import Limits, Refusal

_QUALITY = 88
_BROKEN = (
    OSError,
    ValueError,
    SyntaxError,
    EOFError,
    IndexError,
    TypeError,
    AttributeError,
    OverflowError,
    MemoryError,
)


@dataclass(frozen=True, kw_only=True)
class Picture:
    """An image written anew."""

    content_type: str
    data: bytes
    width: int
    height: int


def rewrite_image(data: bytes, *, decoder: str, limits: Limits) -> Picture:
    """The picture alone: upright, in plain colours, without camera, place or anything appended. First
    frame only.

    JPEG stays JPEG; the others become PNG, or JPEG where a PNG would be too large. Raises Refusal when it
    is broken or too large to decode in bounded memory.
    """
    try:
        with Image.open(io.BytesIO(data), formats=[decoder]) as image:
            _fit_before_decoding(image, limits)
            image.load()
            upright = ImageOps.exif_transpose(image)
        return _written(_in_plain_colours(upright), keep_jpeg=decoder == "JPEG", limits=limits)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise _too_many_pixels() from None
    except (UnidentifiedImageError, *_BROKEN) as error:
        raise Refusal(
            "image broken",
            "The picture is damaged and cannot be opened.",
            "Take or save the picture again and upload the new one.",
        ) from error


def _fit_before_decoding(image: Image.Image, limits: Limits) -> None:
    """Only the header has been read so far. A large JPEG is told to decode at a half, a quarter or an
    eighth.
    """
    pixels = image.width * image.height
    if image.format == "JPEG" and limits.max_pixels < pixels <= limits.max_jpeg_pixels:
        for scale in (2, 4, 8):
            if pixels <= limits.max_pixels * scale * scale:
                image.draft(None, (max(1, image.width // scale), max(1, image.height // scale)))
                break
    if image.width * image.height > limits.max_pixels:
        raise _too_many_pixels()


def _too_many_pixels() -> Refusal:
    return Refusal(
        "image too large",
        "The picture has more detail than we can take.",
        "Take it again at a lower resolution, or send a screenshot of it.",
    )


def _in_plain_colours(image: Image.Image) -> Image.Image:
    """sRGB, with transparency if it has any."""
    profile = image.info.get("icc_profile")
    if image.mode in {"P", "PA"} or "transparency" in image.info:
        image = image.convert("RGBA")
    elif image.mode in {"1", "L", "LA", "RGB", "RGBA", "CMYK"}:
        image = image.copy()
    else:
        image = image.convert("RGB")
    if profile and image.mode in {"RGB", "CMYK"}:
        image = _from_profile(image, profile)
    return image if image.mode in {"1", "L", "LA", "RGB", "RGBA"} else image.convert("RGB")


def _from_profile(image: Image.Image, profile: bytes) -> Image.Image:
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        changed = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except (ImageCms.PyCMSError, *_BROKEN):
        return image  # a broken colour profile costs a shade of colour, not the picture
    return changed or image


def _written(image: Image.Image, *, keep_jpeg: bool, limits: Limits) -> Picture:
    image.info.clear()
    image.thumbnail((limits.longest_side, limits.longest_side), Image.Resampling.LANCZOS)
    if not keep_jpeg:
        data = _as_bytes(image, "PNG")
        if len(data) <= limits.max_bytes:
            return Picture(content_type="image/png", data=data, width=image.width, height=image.height)
    data = _as_bytes(_on_white(image), "JPEG")
    return Picture(content_type="image/jpeg", data=data, width=image.width, height=image.height)


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode not in {"RGBA", "LA"}:
        return image.convert("RGB")
    white = Image.new("RGBA", image.size, "white")
    return Image.alpha_composite(white, image.convert("RGBA")).convert("RGB")


def _as_bytes(image: Image.Image, written_as: str) -> bytes:
    out = io.BytesIO()
    if written_as == "PNG":
        image.save(out, "PNG")
    else:
        image.save(out, "JPEG", quality=_QUALITY, optimize=True)
    return out.getvalue()
