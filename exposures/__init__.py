"""What the bank is owed and owes: the book, its limits, and the review lists. Pure; no file, clock or screen."""
