"""What finance fills in: filters, days, credits, payers, settings."""
