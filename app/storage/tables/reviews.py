"""The tables of the reviews."""
