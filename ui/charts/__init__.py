"""Charts: what is drawn is declared, the ground (axes, grid, legend, cross-hair, menu) is the same everywhere."""
