"""What a person sees: the Qt window. The only place that imports Qt."""
