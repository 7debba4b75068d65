"""Files of the sources abroad in a folder: known by what is in them, whatever they are called."""

from datetime import date
from pathlib import Path

import pytest

from app.sources import SOURCES, folder
from app.sources.source import Request, Span
from tests.app.sources.foreign_mirror import answer

FIRST, TODAY = date(2024, 1, 1), date(2026, 5, 26)
FOREIGN = ("bis", "bcra", "imf", "imf_rates", "worldbank", "ecb", "mof", "tic")
QUESTIONS = [
    (source.id, request)
    for source in SOURCES
    if source.id in FOREIGN
    for request in source.requests(Span(TODAY, since=date(2024, 3, 1) if source.id == "bcra" else None))[:8]
    if "structure" not in request.resource  # it leads to the data and is no file of data
]


@pytest.mark.parametrize(("source", "request_"), QUESTIONS, ids=lambda one: getattr(one, "resource", one))
def test_every_answer_is_recognised_as_a_file_of_its_source_and_of_no_other(
    tmp_path: Path, source: str, request_: Request
) -> None:
    body = answer(f"/{request_.path}", request_.params, FIRST, TODAY)
    assert body is not None
    path = tmp_path / "download(3).txt"
    path.write_bytes(body)
    found = folder.look(path)
    assert (found.source, found.error) == (source, None)
    assert sum(len(batch.values) for batch in found.batches)
    assert [one.id for one in SOURCES if one.recognises(body)] == [source]
