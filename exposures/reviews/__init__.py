"""The review lists, one file each."""
