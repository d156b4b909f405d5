"""What the room shows: a file for results and lists, one for suggestions on their way."""
