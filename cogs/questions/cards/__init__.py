"""Wording and layout of the room's cards."""
