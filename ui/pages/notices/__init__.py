"""The page Notices: what institutions and clients are told, from the draft to the reply."""
