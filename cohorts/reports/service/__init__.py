"""What pages and commands may ask of reports."""
