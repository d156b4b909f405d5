"""The card that both bots show: four resources, or as many as are asked for, as plain words without any library."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Entry:
    """One resource on the card."""

    key: str
    title: str
    link: str
    facts: str
    summary: str


COLOR = 0x5865F2  # the product's plain cards have it
TITLE = "What I found for laser cutting"

SHELF = tuple(
    Entry(
        key=str(number),
        title=f"Laser cutters in the library, part {number}",
        link=f"https://example.org/laser/{number}",
        facts="A library press · 2023 · guide · laser cutting · staff · CC BY 4.0",
        summary=(
            "Choosing, siting and venting a laser cutter in a public library; materials that are safe to cut and\n"
            "those that never are; a training plan and the sign for the door."
        ),
    )
    for number in range(1, 9)
)

ENTRIES = SHELF[:4]
