"""Files that the engines read, strictly: each fault with its line and what to mend."""
