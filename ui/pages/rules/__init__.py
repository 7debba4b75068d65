"""The rules: what they watch, their lines, their versions, and what they would have said."""
