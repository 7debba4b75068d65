"""Published series: what they are, where they come from, what is derived from them."""
