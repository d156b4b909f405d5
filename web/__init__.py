"""What the web sees of Benchmate: its health and calendars, public pages later. Discord is unknown here."""
