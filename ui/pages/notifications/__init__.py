"""The page Notifications: who is told outside the window, and what did not arrive."""
