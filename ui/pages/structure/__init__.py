"""Structure: the book by maturity and by currency, and its country-risk reserves."""
