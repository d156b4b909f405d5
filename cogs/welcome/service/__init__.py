"""Use cases of the welcome room."""
