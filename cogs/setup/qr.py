"""A QR code as a picture: for a poster beside the 3D printer, or the last page of a talk."""

from __future__ import annotations

import io

_PIXELS = 10
_QUIET = 4
"""White modules around it; fewer and phones do not find it (ISO/IEC 18004)."""


def picture(link: str) -> bytes:
    """The link as a PNG, black on white, readable with 15 % of it damaged."""
    import segno  # noqa: PLC0415 - seldom needed: a usual start does not carry it

    out = io.BytesIO()
    segno.make_qr(link, error="m").save(out, kind="png", scale=_PIXELS, border=_QUIET)
    return out.getvalue()
