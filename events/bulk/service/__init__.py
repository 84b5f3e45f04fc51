"""Lists of teams and people: what is stored, what a list would change, and changing it."""
