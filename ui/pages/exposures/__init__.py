"""Where the bank's exposure stands: the matrix, the limits, and the lines behind a cell."""
