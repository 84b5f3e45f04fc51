"""What a team owes and who pays how much of it: small rules, without a database."""
