"""Standing meetings and offices of a partnership, as plain values and rules."""
