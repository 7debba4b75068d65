"""Fed liquidity: the balance sheet of two dates, what it is made of, and the corridor of rates."""
