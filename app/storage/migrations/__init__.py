"""How a workspace's tables came to be what they are, one version a file; `app.storage.schema` runs them."""
