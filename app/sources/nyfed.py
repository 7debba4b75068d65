"""The New York Fed's markets interface: reference rates, operations of the Desk, its account (SOMA), dollar swaps."""

from datetime import date, timedelta
from itertools import islice
from typing import Any

from app.refusals import Refused
from app.sources import nyfed_rates, nyfed_repo, nyfed_soma
from app.sources.source import SOMA_HOLDINGS, Answered, Request, Source, Span, field_of, json_of

ID = "nyfed"
_RATES_FIRST = nyfed_rates.RATES
#: ON RRP began on 23 September 2013; what was done before is only told as propositions.
_PROPOSITIONS, _RESULTS = date(2003, 2, 7), date(2013, 9, 23)
_YEARS = 3
_OPERATIONS = ("RRPONTSYD", "RRPONTSYAWARD", "SRF")
#: The Wednesdays from which the two run-offs are simulated beside what really happened.
RUN_OFFS = (date(2017, 9, 27), date(2017, 10, 4), date(2022, 5, 18), date(2022, 6, 1))
#: So many Wednesdays of holdings are asked for at a time.
_WEDNESDAYS = 4
_MANY_SWAPS, _NEW_SWAPS = 3000, 100


def requests(span: Span) -> tuple[Request, ...]:
    """The rates, the operations, and what of the account has become new since its last Wednesday."""
    return (*_rates(span), *_operations(span), *_account(span), _swaps(span))


def _rates(span: Span) -> tuple[Request, ...]:
    found = []
    for rate, (path, first) in nyfed_rates.RATES.items():
        since = span.start(rate)
        found.append(Request(rate, f"api/rates/{path}/search.json", _dates(since or first, span.until), since=since))
    return tuple(found)


def _operations(span: Span) -> tuple[Request, ...]:
    """What is new in one answer; the whole history in parts, which are asked for once."""
    since, path = span.start(*_OPERATIONS), "api/rp/results/search.json"
    if since is not None:
        return (Request("operations", path, _dates(since, span.until), since=since),)
    recent = date(span.until.year - 1, 1, 1)
    found = [Request("operations", path, _dates(recent, span.until))]
    begin = _RESULTS
    while begin < recent:
        end = min(date(begin.year + _YEARS, 1, 1), recent) - timedelta(days=1)
        found.append(Request(f"operations {begin.year}", path, _dates(begin, end)))
        begin = end + timedelta(days=1)
    early = _dates(_PROPOSITIONS, _RESULTS - timedelta(days=1))
    found.append(Request("propositions", "api/rp/reverserepo/propositions/search.json", early))
    return tuple(found)


def _account(span: Span) -> tuple[Request, ...]:
    """The summary comes whole: only once a new Wednesday can be in it, as the holdings of that Wednesday can."""
    found = []
    told = span.newest.get("SOMA_TOTAL", date.min)
    due = list(nyfed_soma.wednesdays(told, span.until - timedelta(days=1))) if told != date.min else [span.until]
    if due or span.since is not None:
        found.append(Request("soma summary", "api/soma/summary.json"))
    held = span.newest.get(SOMA_HOLDINGS)
    after = span.since or held or span.until - timedelta(weeks=_WEDNESDAYS // 2)
    days = list(islice(nyfed_soma.wednesdays(after, span.until - timedelta(days=1)), _WEDNESDAYS))
    if held is None:
        days += [day for day in RUN_OFFS if day not in days]
    found += [Request(f"soma holdings {day}", f"api/soma/tsy/get/asof/{day}.json") for day in days]
    return tuple(found)


def _swaps(span: Span) -> Request:
    since = span.start("SWAPS_OUTSTANDING")
    count = _NEW_SWAPS if since is not None else _MANY_SWAPS
    return Request("swaps", f"api/fxs/usdollar/last/{count}.json", since=since)


def _dates(since: date, until: date) -> dict[str, str]:
    return {"startDate": since.isoformat(), "endDate": until.isoformat()}


def recognises(body: bytes) -> bool:
    """Whether a file begins as one of the answers of this interface."""
    start = body[:300].replace(b" ", b"").replace(b"\n", b"").replace(b"\r", b"")
    return start.startswith((b'{"refRates":', b'{"repo":', b'{"soma":', b'{"fxSwaps":'))


def parse(body: bytes, name: str) -> tuple[Answered, ...]:
    """Whatever of the interface the body is, known by its first name; Refused on any other shape."""
    answer = json_of(body, name)
    match _only(answer, name):
        case "refRates":
            return nyfed_rates.parse(_rows(answer, "refRates", name), name, ID)
        case "repo":
            return nyfed_repo.parse(_rows(answer["repo"], "operations", name), name, ID)
        case "fxSwaps":
            return nyfed_soma.parse_swaps(_rows(answer["fxSwaps"], "operations", name), name, ID)
        case "soma" if isinstance(answer["soma"], dict) and "summary" in answer["soma"]:
            return nyfed_soma.parse_summary(_rows(answer["soma"], "summary", name), name, ID)
        case _:
            return nyfed_soma.parse_holdings(_rows(answer["soma"], "holdings", name), name, ID)


def _only(answer: Any, name: str) -> str:
    for key in ("refRates", "repo", "fxSwaps", "soma"):
        if isinstance(answer, dict) and key in answer:
            return key
    raise Refused("source.column", name=name, column="refRates, repo, soma, fxSwaps", found=_names(answer))


def _rows(part: Any, key: str, name: str) -> list[Any]:
    rows = field_of(part, key, name)
    if not isinstance(rows, list):
        raise Refused("source.column", name=name, column=f"{key}[]", found=_names(rows))
    return rows


def _names(answer: Any) -> str:
    return ", ".join(map(str, answer))[:120] if isinstance(answer, dict) else type(answer).__name__


SOURCE = Source(
    ID,
    "https://markets.newyorkfed.org/",
    requests,
    recognises,
    parse,
    attribution=(
        "Source: Federal Reserve Bank of New York, subject to its Terms of Use at "
        "https://www.newyorkfed.org/privacy/termsofuse.html. The New York Fed does not sanction, endorse or recommend "
        "what is derived from its data here."
    ),
)
