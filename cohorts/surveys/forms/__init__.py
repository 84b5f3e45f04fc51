"""What hosts and those who answer fill in."""
