"""Reports: rules over plain values."""
