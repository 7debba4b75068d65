"""Processes that need not import the program again: they are forked from one that has."""

import multiprocessing
import os
from collections.abc import Sequence
from functools import cache
from multiprocessing.connection import Connection
from typing import Any

#: Importing these is most of what a short run of the program does.
_PROGRAM = ("app.cli.main", "app.services.importing", "tests.starts")


@cache
def already_imported() -> Any:
    """A way to start processes as `multiprocessing` has them; where a system cannot fork they start empty."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["__main__", *_PROGRAM])
    return context


def begin(*command: str) -> tuple[Any, Connection]:
    """The program in a process of its own, and where it tells its end (see `run`)."""
    hears, tells = already_imported().Pipe(duplex=False)
    process = already_imported().Process(target=run, args=(command, tells))
    process.start()
    tells.close()
    return process, hears


def run(command: Sequence[str], tells: Connection) -> None:
    """What such a process does to be the program: a command, silently; it tells its code and its processor seconds."""
    from app.cli.main import main

    nothing = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(nothing, stream)
    code = main(command)
    tells.send((code, sum(os.times()[:4])))  # its own time and its children's
