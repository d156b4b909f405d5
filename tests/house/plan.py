"""How many people there are, and how much they do; the seed makes it the same life each time."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Plan:
    """A community. Rates are a week; `active` are those who ever do something, newcomers aside."""

    members: int
    days: int
    active: int
    questions: float
    suggestions: float
    newcomers: float
    helpers: int
    weekly: int
    monthly: int
    tours: int
    mentors: int
    mentees: int
    seed: int = 10


def plan_for(members: int, days: int, seed: int = 10) -> Plan:
    """A life that fits the size: a twelfth of a small server asks in a week, and few of a large one ever do."""
    if members < 50:
        return Plan(
            members, days, active=members, questions=1.6, suggestions=1, newcomers=0.25, helpers=3, weekly=1, monthly=1,
            tours=2, mentors=3, mentees=4, seed=seed,
        )  # fmt: skip
    active = max(60, members // 8)
    return Plan(
        members, days, active=active, questions=members / 60, suggestions=members / 100, newcomers=members / 35,
        helpers=active // 6, weekly=3, monthly=3, tours=3, mentors=active // 10, mentees=active // 4, seed=seed,
    )  # fmt: skip
