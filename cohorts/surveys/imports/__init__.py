"""Files that hosts bring: an instrument, a list of staff."""
