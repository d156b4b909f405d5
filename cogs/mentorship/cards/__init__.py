"""Wording and layout of the room: a file for each subject."""
