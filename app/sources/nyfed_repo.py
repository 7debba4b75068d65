"""The Desk's repo and reverse repo operations: ON RRP, and the standing repo operations of each day by collateral.

Two shapes: results (with details by kind of security and the award rate) and propositions (totals alone). Amounts are
dollars, as numbers or as text. The exercises by which the Desk tests its systems are no operations.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from app.refusals import Refused
from app.series.series import Batch
from app.sources.source import batch_of, day_of, field_of, value_of

_EXERCISE = "small value exercise"
_KINDS = {"treasury": "SRF_TREASURY", "agency": "SRF_AGENCY", "mortgage-backed": "SRF_MBS"}
_RATES = ("percentAwardRate", "percentOfferingRate")
#: What the standing repo operations ask at least; in full-allotment operations the rate that is offered.
_LEAST = ("minimumBidRate", "percentOfferingRate")


def parse(operations: Any, name: str, source: str) -> tuple[Batch, ...]:
    """ON RRP and its rate; repos in all and by collateral, with the least rate asked; operations of a day added up."""
    dollars: dict[str, dict[date, float]] = defaultdict(dict)
    rates: dict[date, float] = {}
    least: dict[date, float] = {}
    seen: set[str] = set()
    for line, operation in enumerate(operations, 1):
        kind = str(field_of(operation, "operationType", name))
        day = day_of(field_of(operation, "operationDate", name), name, line)
        if kind not in ("Repo", "Reverse Repo"):
            raise Refused("source.unknown_series", name=name, found=kind)
        if not _counts(operation) or _repeated(operation, seen):
            continue
        total = value_of(field_of(operation, "totalAmtAccepted", name), name, line) or 0.0
        details = operation.get("details") or []
        if kind == "Reverse Repo":
            _add(dollars["RRPONTSYD"], day, total)
            rate = _rate(details, _RATES, name, line)
            if rate is not None:
                rates[day] = rate
            continue
        _add(dollars["SRF"], day, total)
        if (asked := _rate(details, _LEAST, name, line)) is not None:
            least[day] = min(asked, least.get(day, asked))
        for id, accepted in _by_collateral(details, name, line).items():
            _add(dollars[id], day, accepted)
    batches = [batch_of(id, source, values, "USD") for id, values in dollars.items()]
    if rates:
        batches.append(batch_of("RRPONTSYAWARD", source, rates, "percent"))
    if least:
        batches.append(batch_of("SRF_RATE", source, least, "percent"))
    return tuple(batches)


def _counts(operation: Mapping[str, Any]) -> bool:
    """Whether it has taken place, overnight, and was no exercise."""
    if _EXERCISE in str(operation.get("note") or "").lower():
        return False
    if str(operation.get("auctionStatus") or "Results") != "Results":
        return False
    return str(operation.get("term") or "Overnight").lower() == "overnight"


def _repeated(operation: Mapping[str, Any], seen: set[str]) -> bool:
    """Whether the operation stood in the answer before: it must not be added up twice."""
    id = str(operation.get("operationId") or "")
    if id and id in seen:
        return True
    seen.add(id)
    return False


def _by_collateral(details: Any, name: str, line: int) -> dict[str, float]:
    found: dict[str, float] = defaultdict(float)
    for detail in details:
        kind = str(field_of(detail, "securityType", name))
        if kind.lower() not in _KINDS:
            raise Refused("source.unknown_series", name=name, found=kind)
        found[_KINDS[kind.lower()]] += value_of(field_of(detail, "amtAccepted", name), name, line) or 0.0
    return found


def _rate(details: Any, keys: Sequence[str], name: str, line: int) -> float | None:
    for detail in details:
        for key in keys:
            if (rate := value_of(detail.get(key), name, line)) is not None:
                return rate
    return None


def _add(values: dict[date, float], day: date, amount: float) -> None:
    values[day] = values.get(day, 0.0) + amount
