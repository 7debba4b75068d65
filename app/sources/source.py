"""What a source is: where it lies, what to ask it, and how to read its answer; asking and reading are apart."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from app.refusals import Refused
from app.series.series import Batch


@dataclass(frozen=True, slots=True)
class Request:
    """One question; `resource` names it in the fetch log (a series id, a package)."""

    resource: str
    path: str
    params: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Source:
    """A public provider of series.

    `requests(since, until)` are the questions for that span; `parse(body, name)` reads an answer (or a downloaded file
    called `name`) and raises Refused "source.…" wherever the shape is not the documented one.
    """

    id: str
    base_url: str
    requests: Callable[[date | None, date], tuple[Request, ...]]
    recognises: Callable[[bytes], bool]
    parse: Callable[[bytes, str], tuple[Batch, ...]]


def text_of(body: bytes, name: str) -> str:
    """The body as text; an HTML page, an archive or nothing at all is refused with its own reason."""
    start = body[:512].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not start:
        raise Refused("source.empty", name=name)
    if start.startswith(b"PK"):
        raise Refused("source.archive", name=name)
    if start.startswith(b"<"):
        raise Refused("source.html", name=name)
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused("source.not_text", name=name) from None


def day_of(cell: str, name: str, line: int) -> date:
    """A cell in the form 2022-05-18."""
    try:
        return date.fromisoformat(cell.strip())
    except ValueError:
        raise Refused("source.date", name=name, line=line, cell=cell) from None


def value_of(cell: str, name: str, line: int) -> float | None:
    """A number, or None where the cell says that there is none (empty, "." or NA)."""
    text = cell.strip()
    if text in ("", ".", "NA"):
        return None
    try:
        value = float(text)
    except ValueError:
        raise Refused("source.number", name=name, line=line, cell=cell) from None
    if value != value or value in (float("inf"), float("-inf")) or "_" in text:
        raise Refused("source.number", name=name, line=line, cell=cell)
    return value


def batch_of(series_id: str, source: str, values: dict[date, float], unit: str | None = None) -> Batch:
    """The batch in date order."""
    return Batch(series_id, source, tuple(sorted(values.items())), unit)
