"""The parts of the fake Stripe server; ``tests.fakes.stripe_server`` puts them together."""
