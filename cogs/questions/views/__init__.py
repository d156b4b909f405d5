"""Buttons, selects and forms of the room: a file for each thing that people do in it."""
