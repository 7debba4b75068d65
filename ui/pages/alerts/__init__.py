"""What is firing, the evidence, and what the officer decides about it."""
