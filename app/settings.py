"""The bank's settings, each declared once with its type, default and meaning."""
