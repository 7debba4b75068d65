"""The page Persons: who works here, who is away, and how approvals ask for a password."""
