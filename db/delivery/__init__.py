"""Deliveries: one table for all that is promised in time, from the promise to what became of it.

A promise is written in the transaction of the change that causes it (`put`, `cancel`), claimed under a lease by the
delivery worker (`claim`), and then marked with what happened. Rows are found again by kind, subject, moment, target.
"""

from __future__ import annotations

from db.delivery.claiming import claim, claim_one, next_wake, release, wake_early
from db.delivery.listing import (
    Counted,
    any_unreachable,
    counts,
    find,
    made_since,
    of_subject,
    page,
    parked_for,
    parked_in,
    settled_between,
    waiting_for,
)
from db.delivery.marking import (
    GIVEN_UP,
    call_off,
    drop,
    fold,
    give_up,
    go,
    hold,
    lapse,
    leave_checkpoints,
    mark_sent,
    park,
    retarget,
    retry,
    revive,
    revive_parked,
    wake_unreachable,
)
from db.delivery.personal import forget, personal
from db.delivery.promising import cancel, put
from db.delivery.pulse import beat, last_beat
from db.delivery.table import DROPPED, LAPSED, PARKED, SENDING, SENT, STATES, WAITING, Delivery, Promise, Way
from db.delivery.threads import keep_thread, thread_of

__all__ = [
    "DROPPED",
    "GIVEN_UP",
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
    "any_unreachable",
    "beat",
    "call_off",
    "cancel",
    "claim",
    "claim_one",
    "counts",
    "drop",
    "find",
    "fold",
    "forget",
    "give_up",
    "go",
    "hold",
    "keep_thread",
    "lapse",
    "last_beat",
    "leave_checkpoints",
    "made_since",
    "mark_sent",
    "next_wake",
    "of_subject",
    "page",
    "park",
    "parked_for",
    "parked_in",
    "personal",
    "put",
    "release",
    "retarget",
    "retry",
    "revive",
    "revive_parked",
    "settled_between",
    "thread_of",
    "waiting_for",
    "wake_early",
    "wake_unreachable",
]
