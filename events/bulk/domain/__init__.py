"""Rules of a list of teams and people: its columns, what its rows mean, what they would change."""
