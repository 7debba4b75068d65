"""The window: one frame around the pages."""

from ui.window.window import Window

__all__ = ["Window"]
