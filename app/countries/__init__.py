"""Emerging markets: what is known of a country or region, its vulnerability score, and why that changed."""
