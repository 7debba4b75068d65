"""Changes: what moved between two books, and why the total is another."""
