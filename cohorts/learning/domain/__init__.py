"""What a year of learning is made of, as plain values and rules."""
