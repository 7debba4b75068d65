"""The only way out to people and programs: mail and webhook. What is sent, to whom and when is decided elsewhere."""
