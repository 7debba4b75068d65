"""The daily check: seven steps, their evidence, the officer's decisions and the signatures."""
