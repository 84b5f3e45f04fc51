"""What cohorts may ask about events, in plain values rather than rows."""
