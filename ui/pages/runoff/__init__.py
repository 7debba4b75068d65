"""Run-off: how it works, the simulator with its proof, saved scenarios, and what of the holdings matures when."""
