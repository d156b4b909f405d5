"""The grammar: for each thing people write, a pattern and what it says. The first that fits at a place counts."""

# ruff: noqa: E501 - a pattern is read in one line

from __future__ import annotations

import re
from collections.abc import Callable

from cogs.events.timewords import sayings, zonewords
from cogs.events.timewords.lexicon import AND, DAY, HALF, HOUR, MONTH, NUMBER, OF, ORDINAL, STEP, WEEKDAY, YEAR
from cogs.events.timewords.said import Said

Handler = Callable[[Said, re.Match[str]], None]

_ZONES = "|".join(sorted([*zonewords.BY_WORD, *zonewords.ABBREVIATED], key=len, reverse=True))
_DATE_FOLLOWS = (
    rf"(?= (?:{WEEKDAY}s?\b|{MONTH}|[0-9]{{1,2}}(?:st|nd|rd|th)?(?: of)? {MONTH}|[0-9]{{1,4}}[/-][0-9]+[/-]|[0-9]{{1,2}}/"
    r"|today|tomorrow|next|the ))"
)
_WRITTEN: tuple[tuple[str, Handler], ...] = (
    # dates
    (r"(20[0-9]{2})-([0-9]{1,2})-([0-9]{1,2})(?:t(?=[0-9])|(?![0-9]))", sayings.iso),
    (r"([0-9]{1,2})/([0-9]{1,2})(?:/((?:20)?[0-9]{2}))?(?![0-9/:])", sayings.figures),
    (r"([0-9]{1,2})[.-]([0-9]{1,2})[.-](20[0-9]{2})(?![0-9])", sayings.figures),
    (rf"({MONTH}) (?:the )?{DAY}{YEAR}(?! ?(?:am|pm|o'clock)\b)", sayings.month_day),
    (rf"(?:the )?{DAY} (?:of )?({MONTH}){YEAR}", sayings.day_month),
    (r"\(?the (first|second) time(?: that night)?\b", sayings.fold),
    (rf"(?:the )?(?P<nths>{ORDINAL}(?:{AND}(?:the )?{ORDINAL})*) (?P<weekday>{WEEKDAY})(?P<plural>s)?\b{OF}", sayings.nth),
    (rf"(?:the )?(?P<days>[0-9]{{1,2}}(?:st|nd|rd|th)(?:{AND}(?:the )?[0-9]{{1,2}}(?:st|nd|rd|th))*)\b{OF}", sayings.day_of_month),
    (rf"(?:the )?(?P<days>last day)\b{OF}", sayings.day_of_month),
    (r"(?:the )?day after tomorrow\b|tomorrow\b|tmrw\b|today\b|tonight\b", sayings.today),
    (r"in half an hour\b", sayings.half_an_hour),
    (rf"in (?P<number>{NUMBER}) (?P<unit>minute|min|hour|day|week|month)s?(?: time)?\b", sayings.ahead),
    (rf"(?P<number>{NUMBER}) (?P<unit>minute|hour|day|week|month)s? from (?:now|today)\b", sayings.ahead),
    (rf"(?P<number>{NUMBER}) weeks? (?:from|after)\b", sayings.weeks_from),
    (r"(?P<which>this|next) week\b", sayings.which_week),
    (rf"(?P<which>next |this coming |this |coming )?(?P<weekdays>{WEEKDAY}(?:(?<=day)s)?(?:{AND}{WEEKDAY}(?:(?<=day)s)?)*)\b\.?", sayings.weekdays),
    # repeating
    (r"weekdays?\b", sayings.working_days),
    (rf"(?:every|each) (?:(?P<step>{STEP}|[0-9]{{1,2}}|two|three|four|five|six) )?(?P<unit>weekday|day|week|month|year|quarter)s?\b", sayings.every_unit),
    (rf"(?:every|each)(?P<step> other)?\b(?P<second>(?= (?:second|2nd) {WEEKDAY}s?\b(?! (?:of|in) )))?", sayings.every),
    (r"daily\b|weekly\b|monthly\b|quarterly\b|yearly\b|annually\b|bi-?weekly\b|fortnightly\b", sayings.adverb),
    (rf"(?P<number>{NUMBER}) times\b", sayings.times),
    (rf"for (?P<number>{NUMBER}) weeks\b", sayings.weeks_long),
    (r"once\b", sayings.once),
    # lengths and times of day
    (rf"(?:for|lasting) (?P<number>[0-9]{{1,2}}\.[0-9]{{1,2}}|half an|{NUMBER}) ?(?P<unit>minute|min|hour|hr|h|m)s?\b(?P<more> and a half)?", sayings.length),
    (r"(?P<number>[0-9]{2,3}) ?(?P<unit>minute|min)s?\b(?P<more>)", sayings.length),
    (rf"(?:a )?(?P<minutes>half|quarter) (?P<past>past|to|before) (?P<hour>{HOUR})\b(?: ?{HALF}(?![a-z]))?", sayings.word_clock),
    (rf"(?P<minutes>five|ten|twenty) (?P<past>past) (?P<hour>{HOUR})\b(?: ?{HALF}(?![a-z]))?", sayings.word_clock),
    (r"(?:12(?::00)? ?)?(?:noon|midnight)\b|midday\b", sayings.noon),
    (r"([01][0-9]|2[0-4])([0-5][0-9])(?: ?(?:hrs|hours|h)\b)?(?![0-9:a-y])", sayings.four_figures),
    (rf"(?P<hour>{HOUR})(?:(?P<between>[:.h])(?P<minute>[0-5][0-9])(?::00)?|(?P<h>h))?(?![0-9:])(?: ?o'clock)?(?: ?{HALF}(?![a-z]))?(?![a-y])", sayings.clock),
    (r"(?:in the |at )?(?P<daypart>morning|afternoon|evening|night)\b", sayings.daypart),
    # zones
    (rf"(?P<zone>{_ZONES})\b(?: (?:standard |daylight )?time\b)?", sayings.zone),
    (r"(?P<zone>[a-z]+(?:/[a-z_+0-9-]+){1,2})(?: time\b)?", sayings.zone),
    # what joins
    (r"-|to\b", sayings.to),
    (r"until\b|through\b|till?\b|ending\b", sayings.until),
    (rf"(?:starting|beginning|starts|begins)\b|from{_DATE_FOLLOWS}", sayings.since),
    (r"(?:at|on|the|from|of|and|start|repeats|repeating|around|about|sharp|is|it's|held|local time)\b|[,;@().]", sayings.nothing),
)  # fmt: skip
PATTERNS: tuple[tuple[re.Pattern[str], Handler], ...] = tuple((re.compile(written), say) for written, say in _WRITTEN)
