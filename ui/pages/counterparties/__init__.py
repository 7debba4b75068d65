"""Counterparties: in whose hands the book is, and everything known of one name or group."""
