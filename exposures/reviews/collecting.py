"""Python's collector of rings, put off while hundreds of thousands of small values are made that hold none."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def put_off() -> Iterator[None]:
    """Nothing is collected within: looking for rings among all that is being made takes a third of the time.

    Where it is off already, as beside a window, it stays off.
    """
    on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if on:
            # What was made is put beside the old unlooked at: the next collection would go through all of it at once.
            gc.freeze()
            gc.unfreeze()
            gc.enable()
