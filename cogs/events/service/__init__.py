"""The use cases of the room, one class for each subject; one method is one transaction."""
