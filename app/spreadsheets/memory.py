"""What memory the child may have, and what becomes of it when it is freed."""

import sys
from contextlib import suppress


def keep_what_is_freed() -> None:
    """Memory that is freed is not given back to the system, which would hand it out again page by page, zeroed.

    Half of the system's time for a book of 100,000 lines. Where the C library has no such setting, nothing happens.
    """
    if sys.platform != "linux":
        return
    import ctypes

    # malloc.h: M_TRIM_THRESHOLD, M_TOP_PAD, M_MMAP_THRESHOLD, M_ARENA_MAX (the reader's thread has none of its own)
    trim, pad, map_from, arenas = -1, -2, -3, -8
    with suppress(AttributeError, OSError):
        library = ctypes.CDLL(None)
        for setting, size in ((trim, 2**30), (pad, 2**25), (map_from, 2**30), (arenas, 1)):
            library.mallopt(setting, size)


if sys.platform == "win32":
    from app.spreadsheets.windows import limit_memory

    def limit(bytes_now: int, ceiling: int) -> None:
        """Memory of this process."""
        limit_memory(bytes_now)
else:

    def limit(bytes_now: int, ceiling: int) -> None:
        """Address space; the hard limit is the ceiling, so that the soft one may be raised later."""
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        most = ceiling if hard == resource.RLIM_INFINITY else min(hard, ceiling)
        resource.setrlimit(resource.RLIMIT_AS, (min(bytes_now, most), most))
