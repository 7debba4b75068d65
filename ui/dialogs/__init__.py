"""Dialogs of the window as a whole."""
