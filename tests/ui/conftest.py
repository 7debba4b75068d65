"""What tests that show something share."""

from tests.ui.fixtures import _looks, _nothing_left_running, alive, open_window, sample, sample_root, state

__all__ = ["_looks", "_nothing_left_running", "alive", "open_window", "sample", "sample_root", "state"]
