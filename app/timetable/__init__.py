"""When the program works by itself: the bank's calendar table, what is due, and what became of it. Pure."""
