"""The headless commands, one group a file."""
