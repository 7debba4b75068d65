"""A row of the table of impacts, and what the rows together answer: was it lent on, do yields pull, who is right."""

from dataclasses import dataclass
from datetime import date

from alerts.finding import Finding
from app.liquidity import document


@dataclass(frozen=True, slots=True)
class Measure:
    """One row: the document's figure, the program's over the same span, and the latest.

    `reason` says why the two differ, or what is missing and what to do; None where the document prints no figure and
    nothing is missing. Each value is in `unit`; `source` and `known_from` are those of the latest value.
    """

    id: str
    unit: str
    printed: document.Figure | None
    ours_first: float | None
    ours_second: float | None
    ours_value: float | None
    latest: float | None
    latest_date: date | None
    source: str
    known_from: str | None
    reason: Finding | None


def lending(measures: tuple[Measure, ...]) -> Finding:
    """Was the money lent on? Cases: lending.no_data, lending.not_lent, lending.lent."""
    by_id = {measure.id: measure for measure in measures}
    multiplier, loans, reserves = (by_id[id] for id in ("money_multiplier", "loan_growth", "reserve_growth"))
    parts = (multiplier.ours_first, multiplier.ours_second, loans.ours_value, reserves.ours_value)
    if any(part is None for part in parts):
        missing = tuple(
            id
            for id, part in zip(
                ("money_multiplier", "money_multiplier", "loan_growth", "reserve_growth"), parts, strict=True
            )
            if part is None
        )
        return Finding("lending.no_data", {"missing": tuple(dict.fromkeys(missing))})
    first, second, lent, got = (float(part or 0) for part in parts)
    values = {"first": first, "second": second, "loans": lent, "reserves": got, "latest": multiplier.latest}
    return Finding("lending.not_lent" if second < first and lent < got else "lending.lent", values)


def yields(measures: tuple[Measure, ...]) -> Finding:
    """Do yields pull money to the US? Cases: yields.no_data, yields.wider, yields.narrower, yields.mixed (one each)."""
    spreads = [measure for measure in measures if measure.id in ("us_jp", "us_ea") and measure.latest is not None]
    if not spreads:
        return Finding("yields.no_data", {"missing": ("us_jp", "us_ea")})
    values: dict[str, object] = {measure.id: measure.latest for measure in spreads}
    values |= {"date": min(measure.latest_date for measure in spreads if measure.latest_date is not None)}
    ends = [
        (measure.latest or 0) - float(measure.printed.second)
        for measure in spreads
        if measure.printed is not None and measure.printed.second is not None
    ]
    case = "wider" if all(end > 0 for end in ends) else "narrower" if all(end <= 0 for end in ends) else "mixed"
    return Finding(f"yields.{case}", values)


def answer(measures: tuple[Measure, ...]) -> Finding:
    """Does the document still hold? Cases: impact.none (nothing to compare), impact.holds, impact.partly."""
    judged = [measure for measure in measures if measure.printed is not None]
    same = [measure for measure in judged if measure.reason is not None and measure.reason.case == "impact.same"]
    missing = [
        measure
        for measure in measures
        if measure.reason is not None
        and measure.reason.case in ("impact.no_data", "impact.no_free_source", "impact.not_carried", "impact.span")
    ]
    apart = [measure for measure in judged if measure not in same and measure not in missing]
    values = {"same": len(same), "apart": len(apart), "missing": len(missing), "printed": len(judged)}
    if not same and not apart:
        return Finding("impact.none", values)
    return Finding("impact.partly" if apart else "impact.holds", values)
