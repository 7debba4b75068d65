"""The versions, oldest first. A released one is never changed; a change of tables is a new file."""
