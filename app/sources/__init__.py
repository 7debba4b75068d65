"""The only HTTP: one public provider a file; SOURCES lists them in the order in which they are asked."""

from app.sources import ddp, fredgraph
from app.sources.source import Source

SOURCES: tuple[Source, ...] = (ddp.SOURCE, fredgraph.SOURCE)
