"""When the program works by itself: release days as the bank corrects them, what is due, and what became of it."""
