"""Bringing a workbook in: choose it, match its columns, check what would happen, commit, and take it back."""
