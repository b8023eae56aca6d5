"""Damaged and crafted files: whatever comes, the answer is a safe file or a refusal, never an error."""

from __future__ import annotations

import io

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms

from frontdoor.channels.uploads.outcomes import AcceptedFile, Limits, RefusedFile
from frontdoor.channels.uploads.receive import receive_upload
from tests.spec.channels import files

WHOLE = {
    "jpeg": files.photo_with_place(),
    "progressive": files.picture(progressive=True),
    "cmyk": files.picture(mode="CMYK"),
    "png": files.picture(fmt="PNG"),
    "palette": files.picture(mode="P", fmt="PNG"),
    "gif": files.animation(),
    "webp": files.picture(fmt="WEBP"),
    "pdf": files.pdf(),
    "script": files.pdf_with_javascript(),
}
LIMITS = Limits(max_bytes=200_000, max_pixels=250_000, max_jpeg_pixels=1_000_000, longest_side=500)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    kind=st.sampled_from(sorted(WHOLE)),
    changes=st.lists(st.tuples(st.integers(0, 5000), st.integers(0, 255)), max_size=12),
    end=st.integers(0, 6000),
    behind=st.binary(max_size=50),
)
def test_no_damage_is_more_than_a_refusal(
    kind: str, changes: list[tuple[int, int]], end: int, behind: bytes
) -> None:
    data = bytearray(WHOLE[kind])
    for place, value in changes:
        data[place % len(data)] = value

    outcome = receive_upload("file", bytes(data[: max(end, 10)]) + behind, limits=LIMITS)

    if isinstance(outcome, RefusedFile):
        assert outcome.reason
        assert outcome.what_to_do
    elif outcome.content_type != "application/pdf":
        assert max(outcome.width or 0, outcome.height or 0) <= LIMITS.longest_side


@given(data=st.binary(max_size=300))
def test_no_bytes_are_an_error(data: bytes) -> None:
    assert isinstance(receive_upload("file", data), AcceptedFile | RefusedFile)


def test_broken_colour_profile_costs_nothing_and_is_gone() -> None:
    outcome = receive_upload("a.jpg", files.picture(icc_profile=b"not a profile"))
    assert isinstance(outcome, AcceptedFile)
    with Image.open(io.BytesIO(outcome.data)) as image:
        assert "icc_profile" not in image.info


def test_good_colour_profile_is_applied_and_gone() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    outcome = receive_upload("a.png", files.picture(fmt="PNG", icc_profile=profile))
    assert isinstance(outcome, AcceptedFile)
    with Image.open(io.BytesIO(outcome.data)) as image:
        assert "icc_profile" not in image.info
        assert image.convert("RGB").crop((5, 5, 6, 6)).tobytes() == bytes((200, 0, 0))
