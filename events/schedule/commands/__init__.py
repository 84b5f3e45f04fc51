"""What plans and allots from the command line, without settings and without a database."""
