"""Overview: the tide, what must be done today, the country that hurts, and whose money is there."""
