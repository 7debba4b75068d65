"""Stress: what scenarios do to the book."""
