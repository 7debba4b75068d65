"""The review lists: whose turn it is, why, what the bank has there, and what is decided."""
