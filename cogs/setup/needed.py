"""Which of Discord's permissions Benchmate needs, what each is for, and where."""

from __future__ import annotations

from dataclasses import dataclass

from db.setup import Part


@dataclass(frozen=True, slots=True)
class Need:
    """A permission by discord.py's name, as Discord calls it in its settings, and what it is for."""

    flag: str
    label: str
    use: str


SEE = Need("view_channel", "View Channels", "to see its channels")
SEND = Need("send_messages", "Send Messages", "to post there")
HISTORY = Need(
    "read_message_history", "Read Message History", "to look whether a message is there already before sending it again"
)
THREADS = Need("create_private_threads", "Create Private Threads", "to write to one member where nobody else sees it")
OPEN = Need("create_public_threads", "Create Public Threads", "to open a thread for each event")
INSIDE = Need("send_messages_in_threads", "Send Messages in Threads", "to write in those threads and in forum posts")
POSTS = Need("manage_threads", "Manage Threads and Posts", "to tag questions, and to put answered ones away")
FILES = Need("attach_files", "Attach Files", "to pass on the pictures that come with questions")
PIN = Need("pin_messages", "Pin Messages", "to pin its panels, so that people find them")
CHANNELS = Need("manage_channels", "Manage Channels", "to make channels, and to give the questions forum its tags")
ROLES = Need(
    "manage_roles", "Manage Roles", "to make the organizers' role and **Event news**, and to open or close channels"
)
INVITE = Need("create_instant_invite", "Create Invite", "to make the link that brings your people")
EVENTS = Need("create_events", "Create Events", "to put events into Discord's own list")
KEEP_EVENTS = Need("manage_events", "Manage Events", "to keep that list in step when an event moves or is called off")

EVERYWHERE = (
    *(SEE, SEND, HISTORY, OPEN, THREADS, INSIDE, POSTS, FILES, PIN),
    *(EVENTS, KEEP_EVENTS, CHANNELS, ROLES, INVITE),
)
"""What the invitation asks for."""

_TEXT = (SEE, SEND, HISTORY)
IN_PART: dict[Part, tuple[Need, ...]] = {
    Part.START: (*_TEXT, PIN),
    Part.ANNOUNCEMENTS: (*_TEXT, OPEN, INSIDE),
    Part.QUESTIONS: (*_TEXT, INSIDE, POSTS, FILES),
    Part.INTRODUCTIONS: _TEXT,
    Part.SHOW: _TEXT,
    Part.RESOURCES: (*_TEXT, THREADS, INSIDE),
    Part.MENTORING: (*_TEXT, THREADS, INSIDE),
    Part.DESK: (*_TEXT, PIN),
}
"""What it needs in the channel of a part."""
FLAGS = frozenset(need.flag for need in EVERYWHERE)
