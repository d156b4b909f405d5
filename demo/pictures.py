"""The pictures in the simulated server: Benchmate's own, and a plain one with an initial for each person."""

from __future__ import annotations

from importlib.resources import files
from io import BytesIO
from typing import Final

from PIL import Image, ImageDraw, ImageFont

_SIDE_PIXELS: Final = 128


def benchmate() -> bytes:
    """Benchmate's picture as PNG: an open book on a workbench. Its drawing is static/benchmate.svg."""
    return files("demo").joinpath("static", "benchmate.png").read_bytes()


def portrait(name: str, color: str) -> bytes:
    """A person's picture as PNG: the first letter of the name in white on `color` (such as #2c7a74)."""
    picture = Image.new("RGB", (_SIDE_PIXELS, _SIDE_PIXELS), color)
    middle = (_SIDE_PIXELS / 2, _SIDE_PIXELS / 2)
    font = ImageFont.load_default(size=_SIDE_PIXELS * 0.55)
    ImageDraw.Draw(picture).text(middle, name[:1], fill="white", font=font, anchor="mm")
    written = BytesIO()
    picture.save(written, "PNG")
    return written.getvalue()
