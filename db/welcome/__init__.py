"""What the welcome room keeps: its panels, whom it greeted, who looks after a server, and what members told them."""

from __future__ import annotations

from db.welcome.greeting import gathered, greet, last_gathering, ungreet
from db.welcome.organizers import fresh, meet, met, unmeet
from db.welcome.panels import panels
from db.welcome.personal import forget, personal
from db.welcome.telling import Told, add, answer, get, is_without, open_ones, purge, sealed, settle, tell_by, waiting

__all__ = [
    "Told",
    "add",
    "answer",
    "forget",
    "fresh",
    "gathered",
    "get",
    "greet",
    "is_without",
    "last_gathering",
    "meet",
    "met",
    "open_ones",
    "panels",
    "personal",
    "purge",
    "sealed",
    "settle",
    "tell_by",
    "ungreet",
    "unmeet",
    "waiting",
]
