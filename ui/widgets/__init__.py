"""The parts pages are made of: cards, tiles, marks, notices, choices, search."""
