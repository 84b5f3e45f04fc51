"""What the engines found, as files that people and programs read."""
