"""What the room shows: a file for lists, for suggestions on their way, for what is told, for the queue and upkeep."""
