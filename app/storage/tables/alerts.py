"""The tables of the alerts."""
