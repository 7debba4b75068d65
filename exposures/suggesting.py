"""Which field a header may mean where no synonym says it: a suggestion beside sample values, never used unasked."""

from collections.abc import Collection, Mapping, Sequence
from functools import cache

from rapidfuzz import fuzz, process

from exposures import headers, synonyms
from exposures.cells import Cells, address
from exposures.issues import Issue, Rule, Severity
from exposures.spelling import letters

#: WRatio from which a header is worth showing; true ones scored 89 to 95 on real books, false ones 86 to 95 as well,
#: which is why a person confirms each.
LEAST = 82.0


@cache
def _names() -> tuple[str, ...]:
    return tuple(synonyms.header_fields())


def suggest(texts: Sequence[str], taken: Collection[str] = ()) -> dict[str, str]:
    """Header -> field, for headers that no synonym knows; a field in `taken` or better suggested is left out."""
    best: dict[str, tuple[float, str]] = {}
    for text in texts:
        plain = letters(_without_unit(text))
        if len(plain) < 2 or headers.parse(text).field is not None:
            continue
        found = process.extractOne(plain, _names(), scorer=fuzz.WRatio, score_cutoff=LEAST)
        if found is None:
            continue
        field = synonyms.header_fields()[found[0]]
        score = float(found[1])
        if field not in taken and score > best.get(field, (0.0, ""))[0]:
            best[field] = (score, text)
    return {text: field for field, (_, text) in best.items()}


def not_read(cells: Cells, meant: Mapping[str, str | None]) -> list[Issue]:
    """Columns with values that nobody reads, whose headers may mean (`meant`) a field that nothing else gives."""
    found = []
    for place, header in enumerate(cells.headers):
        field = meant.get(header)
        if field is not None and (count := int(cells.coded(place).filled.sum())):
            cell = address(cells.header_row, place)
            said = {"count": count}
            issue = Issue(cells.sheet, cell, Rule.COLUMN_NOT_READ, Severity.WARNING, header, field, values=said)
            found.append(issue)
    return found


def _without_unit(text: str) -> str:
    """The header without what stands in brackets, where that leaves anything."""
    bare = headers.without_brackets(text)
    return bare if letters(bare) else text
