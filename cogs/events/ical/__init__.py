"""Calendars as files: written and read as RFC 5545 says, and as Google, Outlook and Apple take it.

Pure: text and values in, text and values out. `writing` makes a calendar, with the `zones` it speaks of; `links` leads
into the calendars on the web; `reading` (in a `process` of its own) reads what others wrote; `in_step` says what has to
change so that we follow them.
"""
