"""Limits: every limit with its use, temporary excesses, and what is wrong with the limits as data."""
