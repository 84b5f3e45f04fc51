"""What happens when a leader leaves, and which partnerships may not outlive it, as rules."""
