"""The shell around the rooms: command line, settings, client and delivery; import from its modules, not from here."""
