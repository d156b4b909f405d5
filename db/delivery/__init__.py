"""Deliveries: one table for all that is promised in time, from the promise to what became of it.

A promise is written in the transaction of the change that causes it (`put`, `cancel`), claimed under a lease by the
delivery worker (`claim`), and then marked with what happened. Rows are found again by kind, subject, moment, target.
"""

from __future__ import annotations

from db.delivery.claiming import claim, claim_one, next_wake, release, wake_early
from db.delivery.listing import Counted, counts, find, of_subject, page, parked_for, parked_in, settled_between
from db.delivery.marking import drop, fold, lapse, mark_sent, park, refuse, retarget, retry, revive
from db.delivery.promising import cancel, put
from db.delivery.pulse import beat, last_beat
from db.delivery.table import DROPPED, LAPSED, PARKED, SENDING, SENT, STATES, WAITING, Delivery, Promise, Way

__all__ = [
    "DROPPED",
    "LAPSED",
    "PARKED",
    "SENDING",
    "SENT",
    "STATES",
    "WAITING",
    "Counted",
    "Delivery",
    "Promise",
    "Way",
    "beat",
    "cancel",
    "claim",
    "claim_one",
    "counts",
    "drop",
    "find",
    "fold",
    "lapse",
    "last_beat",
    "mark_sent",
    "next_wake",
    "of_subject",
    "page",
    "park",
    "parked_for",
    "parked_in",
    "put",
    "refuse",
    "release",
    "retarget",
    "retry",
    "revive",
    "settled_between",
    "wake_early",
]
