"""The public sources, one file each, request and parse apart."""
