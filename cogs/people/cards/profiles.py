"""Cards of a profile: one's own, as others see it, and the steps in which it is filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.kit.cards import Part, Tone, card, line, note, row, rows, text
from bot.kit.words import plain
from cogs.people import places, terms
from cogs.people.sight import says_anything
from db.people import NOBODY, Profile

if TYPE_CHECKING:
    from collections.abc import Sequence

    from discord import ui

    from bot.kit.vocabulary import Vocabulary

CARETAKER = "-# Whoever runs me could read all of it in the database."
INTERESTS_SHOWN = 300
TOOLS_SHOWN = 25


def own(
    profile: Profile, vocabulary: Vocabulary, buttons: Sequence[ui.Item[Any]], thanks: Sequence[str] = ()
) -> ui.LayoutView:
    """One's own profile with all that is in it, and to whom each part is shown; `thanks` are for nobody else."""
    thanked = f"\n\n{chr(10).join(thanks)}\n-# Only you see this." if thanks else ""
    if not says_anything(profile):
        words = (
            "### Your profile is empty 🪪\nTell others where you work and which tools you know: all of it is up to you."
        )
        return note(f"{words}{thanked}", *buttons)
    parts: list[Part] = [text(f"### Your profile, as you see it{thanked} 🪪")]
    for group, facts in zip(terms.GROUPS, _groups(profile, vocabulary, TOOLS_SHOWN), strict=True):
        said = "\n".join(facts) or "Nothing here yet."
        parts += [line(), text(f"**{group.label} {group.emoji}** · shown to {_audience(profile, group.slug)}\n{said}")]
    parts += [line(), text(f"{_asks(profile, 'Others may ask you.', 'Nobody is told to ask you.')}\n{CARETAKER}")]
    return card(*parts, *rows(*buttons))


def as_others(
    everyone: Profile, organizers: Profile, vocabulary: Vocabulary, buttons: Sequence[ui.Item[Any]]
) -> ui.LayoutView:
    """One's own profile as members see it, and what organizers see beyond that."""
    parts: list[Part] = [text("### Your profile, as others see it 👥"), line()]
    parts.append(text(about(everyone, vocabulary) if says_anything(everyone) else "Members see nothing of it."))
    if organizers != everyone:
        parts += [line(), text(f"**Organizers see this:**\n{about(organizers, vocabulary)}")]
    return card(*parts, *rows(*buttons))


def of_other(profile: Profile, vocabulary: Vocabulary, buttons: Sequence[ui.Item[Any]]) -> ui.LayoutView:
    """Another member, as far as they show themselves."""
    return card(text(f"### Profile 🪪\n{named(profile, vocabulary)}"), *rows(*buttons))


def nothing_shown(user_id: int) -> ui.LayoutView:
    """Another member who shows nothing, or has no profile: the card does not say which."""
    return note(f"### <@{user_id}> 🪪\nThere is nothing to see here: not everybody fills in a profile or shows it.")


def nothing_shown_any_more() -> ui.LayoutView:
    """Somebody in a list who has changed their mind since."""
    return note("### No longer shown 🪪\nThey have changed what they show since this list was made.")


def about(profile: Profile, vocabulary: Vocabulary, tools: int = TOOLS_SHOWN) -> str:
    """What a profile says, a line for each kind of fact; at most so many tools."""
    lines = [fact for group in _groups(profile, vocabulary, tools) for fact in group]
    if profile.asks:
        lines.append("Says: ask me. 💬")
    return "\n".join(lines)


def named(profile: Profile, vocabulary: Vocabulary, tools: int = TOOLS_SHOWN) -> str:
    """Somebody's account here, and what their profile says."""
    between = " · " if profile.name or profile.role else "\n"
    return f"<@{profile.user_id}>{between}{about(profile, vocabulary, tools)}"


def _asks(profile: Profile, yes: str, no: str) -> str:
    return f"{yes} 💬" if profile.asks else no


def _groups(profile: Profile, vocabulary: Vocabulary, tools: int) -> tuple[list[str], list[str], list[str]]:
    role, setting = terms.role(profile.role), terms.setting(profile.setting)
    named = [f"**{plain(profile.name)}**" if profile.name else "", f"{role.label} {role.emoji}" if role else ""]
    place = [
        plain(profile.library),
        f"{setting.label} {setting.emoji}" if setting else "",
        f"{terms.SMALL_OR_RURAL.label} {terms.SMALL_OR_RURAL.emoji}" if profile.small_or_rural else "",
        plain(profile.place),
    ]
    return (
        _filled(
            _joined(named),
            f"Interests: {plain(profile.interests, INTERESTS_SHOWN)}" if profile.interests else "",
            f"{places.zone_named(profile.zone)} 🕐" if profile.zone else "",
        ),
        _filled(_joined(place)),
        _filled(*_tools(profile, vocabulary, tools)),
    )


def _tools(profile: Profile, vocabulary: Vocabulary, most: int) -> list[str]:
    """A line for each level, the most experience first."""
    lines = []
    left = most
    for level in terms.LEVELS:
        known = [tool for slug, at in profile.tools if at == level.slug and (tool := vocabulary.get(slug))]
        if known and left > 0:
            named = ", ".join(f"{tool.label} {tool.emoji}" for tool in known[:left])
            more = f" and {len(known) - left} more" if len(known) > left else ""
            lines.append(f"{level.heading}: {named}{more}")
            left -= len(known)
    return lines


def _joined(facts: Sequence[str]) -> str:
    return " · ".join(fact for fact in facts if fact)


def _filled(*facts: str) -> list[str]:
    return [fact for fact in facts if fact]


def second_step(
    profile: Profile, vocabulary: Vocabulary, selects: Sequence[ui.Item[Any]], buttons: Sequence[ui.Item[Any]]
) -> ui.LayoutView:
    """What is chosen: the kind of library, the role, the tools and how well one knows them."""
    said = about(profile, vocabulary) or "Nothing in it yet, and that is fine."
    heading = f"### Your profile, step 2 of 3\n{said}\n-# Saved as you go. {_sight(profile)}"
    return card(text(heading), line(), *(row(select) for select in selects), *rows(*buttons))


def third_step(profile: Profile, selects: Sequence[ui.Item[Any]], buttons: Sequence[ui.Item[Any]]) -> ui.LayoutView:
    """To whom what is shown, and whether others may ask."""
    asks = _asks(
        profile,
        "Others may ask you in public, and a question may mention you, once a week at most.",
        "You are not among those who say “ask me”. You can be, with a press below.",
    )
    if profile.asks and not _shows(profile):
        asks += " But nobody finds you as long as you show nothing."
    shown = "\n".join(f"{group.label}: {_audience(profile, group.slug)} {group.emoji}" for group in terms.GROUPS)
    heading = f"### Your profile, step 3 of 3: who sees it\n{shown}\n{asks}\n{CARETAKER}"
    tone = Tone.DONE if _shows(profile) else Tone.ASK
    return card(text(heading), line(), *(row(select) for select in selects), *rows(*buttons), tone=tone)


def _audience(profile: Profile, group: str) -> str:
    """To whom a group of facts is shown, in words."""
    return terms.audience(getattr(profile, f"shown_{group}")).label


def _shows(profile: Profile) -> bool:
    return any(getattr(profile, f"shown_{group.slug}") != NOBODY for group in terms.GROUPS)


def _sight(profile: Profile) -> str:
    if _shows(profile):
        return "What you show, and to whom, is yours to change at any time."
    return "Nobody here is shown any of it until you say so in the last step."
