"""Invented data for a first look, marked SAMPLE wherever it shows: a history, a book, the main job done on them."""
