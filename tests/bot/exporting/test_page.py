from __future__ import annotations

import base64
import hashlib
import re
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import update

from db import events, guilds, resources, setup
from db.events import CHANNEL, LINK, PLACE, Plan, Where
from db.resources import CLOSED, DECLINED, REMOVED, WAITING, Description, resource_table
from tests.bot.exporting.planting import GUILD, NOW
from tests.bot.exporting.reading import Page, everything, taken

if TYPE_CHECKING:
    from pathlib import Path

    from db.engine import Database

HOUR = timedelta(hours=1)
NASTY = '"><script>alert(1)</script><img src=x onerror=alert(2)> & \u202eevil'


def about(title: str, *tools: str, link: str = "", says: str = "") -> Description:
    link = link or f"https://example.org/{title.replace(' ', '-')[:40]}"
    return Description(link, link, title, f"About {title}.", "guide", tools=tools, creator=says, license=says)


async def fill(database: Database, *abouts: Description, name: str = "NOM Libraries") -> None:
    async with database.write() as connection:
        await guilds.note_name(connection, GUILD, name, NOW)
        await setup.change(connection, GUILD, NOW, zone="America/Chicago")
        await resources.add_published(connection, GUILD, abouts, NOW)


async def plan(database: Database, title: str, where: Where | None = None, *, days: float = 1, text: str = "") -> int:
    async with database.write() as connection:
        starts = NOW + timedelta(days=days)
        made = Plan(title=title, zone="America/New_York", about=text, where=where or Where())
        return (await events.add(connection, GUILD, made, starts, starts + HOUR, by=1, now=NOW)).event_id


async def page(database: Database, tmp_path: Path) -> Page:
    return Page((await taken(database, tmp_path / "out") / "index.html").read_text(encoding="utf-8"))


async def test_whatever_members_wrote_is_text_and_nothing_else(database: Database, tmp_path: Path) -> None:
    wicked = about(NASTY, "laser-cutter", link="https://example.org/?a=1&b='\"<>", says=NASTY)
    await fill(database, wicked, name=NASTY)
    await plan(database, NASTY, Where(PLACE, NASTY), text=f"{NASTY}\nsecond line")
    await plan(database, "Called off", Where(LINK, "javascript:alert(1)"))
    found = await page(database, tmp_path)
    assert found.open == []
    assert {tag for tag, _ in found.elements} <= {
        *("html", "head", "meta", "title", "style", "body", "header", "nav", "main", "section", "footer"),
        *("h1", "h2", "h3", "p", "ul", "li", "a", "strong", "time"),
    }
    assert all(not name.startswith("on") for _, attributes in found.elements for name in attributes)
    assert found.text.count('"><script>alert(1)</script>') == 9
    assert "\u202e" not in found.text


@pytest.mark.parametrize(
    "link",
    ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "https:///nohost", "https://a b"],
)
async def test_only_links_to_the_web_can_be_pressed(database: Database, tmp_path: Path, link: str) -> None:
    await fill(database, about("Odd", link=link), about("Fine", link="http://example.org/fine"))
    found = await page(database, tmp_path)
    assert [one for one in found.links if not one.startswith("#")] == ["http://example.org/fine"]
    assert "Odd" in found.text


async def test_it_is_one_file_that_asks_nobody_for_anything(database: Database, tmp_path: Path) -> None:
    await fill(database, about("Laser basics", "laser-cutter"))
    text = (await taken(database, tmp_path / "out") / "index.html").read_text(encoding="utf-8")
    found = Page(text)
    (policy,) = [one["content"] for one in found.named("meta") if one.get("http-equiv") == "Content-Security-Policy"]
    (style,) = re.findall(r"<style>(.*?)</style>", text, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    assert not re.search(r"url\(|@import|src=|<link|<script", text)
    assert {one["rel"] for one in found.named("a") if "#" not in one["href"]} == {"noopener noreferrer"}


async def test_a_screen_reader_finds_its_way(database: Database, tmp_path: Path) -> None:
    await fill(database, about("Laser basics", "laser-cutter", "3d-printer"), about("Grants"))
    await plan(database, "Open lab")
    await plan(database, "Last week", days=-7)
    found = await page(database, tmp_path)
    assert found.named("html") == [{"lang": "en"}]
    assert [tag for tag, _ in found.elements if tag in ("header", "main", "footer")] == ["header", "main", "footer"]
    assert len(found.ids) == len(set(found.ids))
    assert [one for one in found.links if one.startswith("#") and one[1:] not in found.ids] == []
    assert found.links[0] == "#content"
    levels = [int(tag[1]) for tag, _ in found.elements if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    labels = [one["aria-labelledby"] for one in found.named("section")]
    assert set(labels) == {"events", "past-events", "catalogue", "tool-laser-cutter", "tool-3d-printer", "tool-other"}
    assert all(one.get("aria-label") for one in found.named("nav"))
    assert "Past events November 16, 2026 : Last week" in found.text


def luminance(color: str) -> float:
    """https://www.w3.org/TR/WCAG22/#dfn-relative-luminance"""
    parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


async def test_its_colors_can_be_told_apart_by_day_and_by_night(database: Database, tmp_path: Path) -> None:
    await fill(database)
    text = (await taken(database, tmp_path / "out") / "index.html").read_text(encoding="utf-8")
    schemes = [dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", line)) for line in text.splitlines() if "--ink:" in line]
    assert len(schemes) == 2
    for colors in schemes:
        for ink in ("ink", "soft", "link"):
            for paper in ("paper", "band"):
                light, dark = sorted((luminance(colors[ink]), luminance(colors[paper])), reverse=True)
                assert (light + 0.05) / (dark + 0.05) >= 4.5, (ink, paper)


async def test_events_say_when_in_the_servers_zone_and_where(database: Database, tmp_path: Path) -> None:
    await fill(database)
    await plan(database, "In a channel", Where(CHANNEL, "", 77), days=1)
    await plan(database, "Open link", Where(LINK, "https://meet.example.org/open"), days=2)
    await plan(database, "Hidden link", Where(LINK, "https://meet.example.org/hidden", hidden=True), days=3)
    await plan(database, "At the library", Where(PLACE, "Room 2 & hall"), days=4)
    off = await plan(database, "Called off", Where(LINK, "https://meet.example.org/off"), days=5)
    async with database.write() as connection:
        event = await events.get(connection, GUILD, off)
        assert event is not None
        await events.cancel(connection, event, 1, "The host is ill.", NOW)
    found = await page(database, tmp_path)
    assert "In a channel Tuesday, November 24, 2026, 6:00 AM (Chicago time) , 1 hour" in found.text
    assert {"datetime": "2026-11-24T12:00Z"} in found.named("time")
    assert "Where: in our Discord server" in found.text
    assert "Where: Room 2 & hall" in found.text
    assert "Called off: Called off" in found.text
    assert "The host is ill." in found.text
    assert [one for one in found.links if not one.startswith("#")] == ["https://meet.example.org/open"]
    written = everything(tmp_path / "out")
    assert "meet.example.org/open" in written
    assert "meet.example.org/hidden" not in written


async def test_only_what_is_published_is_in_the_catalogue(database: Database, tmp_path: Path) -> None:
    await fill(database, *(about(f"Was {status}") for status in (WAITING, DECLINED, REMOVED, CLOSED)), about("Here"))
    async with database.write() as connection:
        for status in (WAITING, DECLINED, REMOVED, CLOSED):
            where = resource_table.c.title == f"Was {status}"
            await connection.execute(update(resource_table).where(where).values(status=status))
    found = await page(database, tmp_path)
    assert "Here" in found.text
    assert "Was" not in found.text
    written = everything(tmp_path / "out")
    assert "Was waiting" in written  # in a file of its own, so that nothing gets lost on the way
    assert "Was closed" in written
    assert "Was declined" not in written
    assert "Was removed" not in written


async def test_a_resource_stands_in_full_once_and_under_its_other_tools_by_a_link(
    database: Database, tmp_path: Path
) -> None:
    await fill(database, about("Two tools", "laser-cutter", "3d-printer"))
    found = await page(database, tmp_path)
    assert found.text.count("About Two tools.") == 1
    assert [one for one in found.ids if one.startswith("resource-")] == ["resource-1"]
    assert found.links.count("#resource-1") == 1
    assert "3D printer (1)" in found.text


async def test_a_new_community_has_a_page_too(database: Database, tmp_path: Path) -> None:
    await fill(database)
    found = await page(database, tmp_path)
    assert "Nothing is planned just now." in found.text
    assert "Catalogue" not in found.text
