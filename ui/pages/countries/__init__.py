"""Countries: one country or region, all of them side by side, flows, and the home side."""
