"""What the program does: data in, storage, services, words. Everything but the window."""
