"""Files that the engines of peer matching take in."""
