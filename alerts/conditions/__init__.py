"""The ways a rule can look at a metric, one file each."""
