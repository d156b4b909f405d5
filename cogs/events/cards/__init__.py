"""What the room shows."""
