"""Finance's reading of the books; what is written here are months' states and settings."""
