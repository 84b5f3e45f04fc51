"""What must be true of teams, seats and places, whatever people do."""
