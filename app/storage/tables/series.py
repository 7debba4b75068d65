"""The tables of the series."""
