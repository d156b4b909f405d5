"""The panels that stand in channels: rows of the delivery table, which remember the message while it stands."""
