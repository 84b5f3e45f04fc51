"""What finance reads from the books: rules without a database."""
