"""What the web sees of Benchmate: its health now, calendar feeds and public pages later. Discord is unknown here."""
