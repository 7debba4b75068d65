"""Where the figures come from: what arrived, what failed, how each source is reached, and which hosts."""
