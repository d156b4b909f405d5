"""Cards of the welcome room."""
