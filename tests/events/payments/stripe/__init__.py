"""What the application does with Stripe."""
