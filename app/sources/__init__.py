"""The only HTTP: one public provider a file; SOURCES lists them in the order in which they are asked."""

from app.sources import bcra, bis, ddp, ecb, fred, fredgraph, imf, imf_rates, mof, nyfed, tic, treasury, worldbank
from app.sources.source import Source

SOURCES: tuple[Source, ...] = (
    ddp.SOURCE,
    nyfed.SOURCE,
    treasury.SOURCE,
    fred.SOURCE,
    fredgraph.SOURCE,
    tic.SOURCE,
    bis.SOURCE,
    bcra.SOURCE,
    imf.SOURCE,
    imf_rates.SOURCE,
    worldbank.SOURCE,
    ecb.SOURCE,
    mof.SOURCE,
)
