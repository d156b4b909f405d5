"""Wording and layout of the setup: a file for each thing that people do in it."""
