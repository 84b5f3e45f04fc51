"""Card and bank payments by Stripe: the only package that knows how Stripe speaks."""

from consortium.adapters.stripe_gateway.gateway import StripeGateway

__all__ = ["StripeGateway"]
