"""Action plans that both sides of a partnership own, sign and measure."""
