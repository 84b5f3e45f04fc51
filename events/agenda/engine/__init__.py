"""What takes long at an agenda, away from requests."""
