"""A year of learning: partnerships and their teams, meetings, who came, who coaches."""
