"""What can be put on each list by hand: its subjects in a book as a person writes them, and their lines."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from exposures import countries
from exposures.reviews.claims import Claims
from exposures.reviews.counterparty_risk import TRADED
from exposures.reviews.joins import Joins
from exposures.reviews.projects import is_project
from exposures.reviews.sectors import borrowers
from exposures.spelling import letters
from exposures.supplied import Supplied

#: What an item of each list is about (CALCULATIONS 12), the commonest first.
KINDS: Mapping[str, tuple[str, ...]] = {
    "L1": ("counterparty",),
    "L2": ("entity",),
    "L3": ("country", "group", "currency"),
    "L4": ("counterparty",),
    "L5": ("project",),
    "L6": ("entity",),
    "L7": ("counterparty",),
    "L8": ("bank", "system"),
    "L9": ("group", "counterparty", "guarantor"),
    "L10": ("counterparty",),
}
#: Whatever the country, these are one item: their country only says where they are shown.
_WIDE = ("group:", "currency:", "system:", "guarantor:")
_WIDE_LISTS = ("L8", "L9", "L10")


@dataclass(frozen=True, slots=True)
class Subject:
    """What an item by hand is about: its key as the list's own items have it, its country, and its name."""

    kind: str
    key: str
    country: str
    name: str

    @property
    def spellings(self) -> frozenset[str]:
        """How a person may write it: the key, the key without its kind, or the name; capitals and accents aside."""
        return frozenset(letters(text) for text in (self.key, self.key.partition(":")[2], self.name) if text)


def is_wide(list_id: str, subject: str) -> bool:
    """Whether a subject is the same item of that list whichever country it is shown under."""
    return list_id in _WIDE_LISTS or subject.startswith(_WIDE)


def subjects(
    list_id: str, claims: Claims, supplied: Supplied, own_currencies: Mapping[str, frozenset[str]]
) -> tuple[Subject, ...]:
    """Everything in a book that can be put on a list, by kind and name."""
    found = [one for kind in KINDS[list_id] for one in _of_kind(kind, list_id, claims, supplied, own_currencies)]
    return tuple(dict.fromkeys(found))


def find(text: str, country: str | None, among: Iterable[Subject]) -> tuple[Subject, ...]:
    """The subjects that a person means; a country or region by any of its names."""
    wanted, place = letters(text), countries.resolve(text)
    if not wanted:
        return ()
    found = [
        one for one in among if wanted in one.spellings or (one.kind in ("country", "system") and one.country == place)
    ]
    exact = [one for one in found if letters(one.key) == wanted]
    return tuple(one for one in exact or found if country in (None, one.country))


def lines_of(list_id: str, subject: str, country: str, claims: Claims, supplied: Supplied) -> tuple[int, ...]:
    """Where the live lines with a rate that a subject stands for are in `Claims.lines`."""
    lines = claims.counted
    kind, _, name = subject.partition(":")
    if subject == country:
        return _here(claims, lines, country)
    match kind:
        case "group":
            return _positions(lines, lines["group_id"] == name)
        case "currency":
            return _positions(lines, lines["currency"] == name)
        case "system":
            office = lines["head_office_country"].fillna(lines["country"])
            here = lines[(office == name).fillna(False).to_numpy(dtype=bool)]
            banks = {one.key for one in borrowers(here, supplied.sectors) if one.sector == "bank"}
            return _positions(here, here["subject"].isin(banks))
    if list_id in ("L2", "L6"):
        return _here(claims, lines[(lines["booking_entity"] == subject).fillna(False).to_numpy(dtype=bool)], country)
    if list_id == "L5" and (project := _positions(lines, lines["line_id"].astype(str) == subject)):
        return project
    mine = lines[(lines["subject"] == subject).to_numpy(dtype=bool)]
    if list_id == "L9":
        given = (one.line for one in Joins(claims, supplied).guaranteed if one.guarantor == subject)
        return tuple(sorted({*map(int, mine.index), *given}))
    if list_id == "L10":
        traded = _positions(mine, mine["instrument"].isin(TRADED))
        return traded or _positions(mine)
    return _positions(mine) if list_id == "L8" else _here(claims, mine, country)


def _of_kind(
    kind: str, list_id: str, claims: Claims, supplied: Supplied, own_currencies: Mapping[str, frozenset[str]]
) -> Iterable[Subject]:
    lines = claims.lines.frame[claims.lines.said("country")]
    match kind:
        case "counterparty":
            office = lines["head_office_country"].fillna(lines["country"]) if list_id == "L10" else lines["country"]
            table = pd.DataFrame({"key": lines["subject"], "country": office, "name": lines["counterparty_name"]})
            return [_subject(kind, *row) for row in _distinct(table[(table["key"] != "").to_numpy()])]
        case "bank":
            every = borrowers(lines[(lines["subject"] != "").to_numpy()], supplied.sectors)
            return [Subject(kind, one.key, one.country or "", one.name) for one in every if one.sector == "bank"]
        case "system":
            banks = _of_kind("bank", list_id, claims, supplied, own_currencies)
            return [Subject(kind, f"system:{one}", one, one) for one in sorted({bank.country for bank in banks})]
        case "entity":
            places = claims.places
            entity = places["line"].map(claims.lines["booking_entity"])
            table = pd.DataFrame({"key": entity, "country": places["country"], "name": entity})
            return [_subject(kind, *row) for row in _distinct(table[entity.notna().to_numpy()])]
        case "project":
            able = [
                bool(is_project(claims.cell(at, "stage"), claims.cell(at, "drawn"), claims.cell(at, "pending") or 0))
                for at in lines.index
            ]
            table = lines.loc[able, ["line_id", "country", "counterparty_name"]]
            return [_subject(kind, *row) for row in _distinct(table)]
        case "group":
            first = lines[lines["group_id"].notna().to_numpy()].groupby("group_id", sort=True)["country"].min()
            return [Subject(kind, f"group:{key}", str(country), str(key)) for key, country in first.items()]
        case "currency":
            pairs = _distinct(pd.DataFrame({"country": lines["country"], "currency": lines["currency"]}))
            return [
                Subject(kind, f"currency:{code}", str(country), str(code))
                for country, code in pairs
                if code in own_currencies.get(str(country), frozenset())
            ]
        case "country":
            return [Subject(kind, code, code, code) for code in sorted(set(claims.places["country"].tolist()))]
    joins = Joins(claims, supplied)
    givers = {one.guarantor for one in joins.guaranteed if one.guarantor.startswith("guarantor:")}
    return [Subject(kind, node, joins.countries.get(node) or "", joins.names[node]) for node in sorted(givers)]


def _subject(kind: str, key: object, country: object, name: object) -> Subject:
    return Subject(kind, str(key), str(country), str(key if pd.isna(name) else name))


def _distinct(table: pd.DataFrame) -> list[tuple[object, ...]]:
    """Its rows, each once by all but the name, in order."""
    known = table.drop_duplicates(subset=list(table.columns[:2]))
    return sorted(known.itertuples(index=False, name=None), key=lambda row: tuple(map(str, row)))


def _positions(lines: pd.DataFrame, wanted: "pd.Series[bool] | None" = None) -> tuple[int, ...]:
    kept = lines if wanted is None else lines[wanted.fillna(False).to_numpy(dtype=bool)]
    return tuple(int(at) for at in kept.index)


def _here(claims: Claims, lines: pd.DataFrame, country: str) -> tuple[int, ...]:
    """Those that count in a country, on either basis."""
    places = claims.places
    there = places.loc[(places["country"] == country).to_numpy(dtype=bool), "line"]
    return _positions(lines, pd.Series(lines.index.isin(there), index=lines.index))
