"""What the bank is owed and owes: the book, its limits, and the review lists made from it. Pure; no file, clock or screen."""
