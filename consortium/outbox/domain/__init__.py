"""What mail servers say of mail they could not deliver."""
