"""The trial by fire of the delivery engine: the real worker is killed and hindered in every way, and then counted.

`python -m tests.torture --kills N --seed S`, or `make torture KILLS=N SEED=S`. Episodes are played side by side, each
with a server, a database and a clock of its own:

- `drawing` makes the plan from the seed: first a tour of every named step, then whatever is drawn.
- `nursery` forks workers from a warm process, `worker` is one life of the real engine with discord.py's HTTP client.
- `standin` is Discord on loopback: `scene` keeps the messages and nonces, `routes` answers, troubles strike on the way.
- `episode` promises, lets workers live and die, heals all and waits; `oracle` then counts. `planted` faults prove it.

Everything that lasts is a fiftieth of what it is outside (`scale`). A full disk is played by RLIMIT_FSIZE, which gives
EFBIG for ENOSPC. One seed gives one plan, but no two runs are alike to the millisecond.
"""

from __future__ import annotations
