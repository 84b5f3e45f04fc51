"""Parts of the checkers; they share no code with what they check."""
