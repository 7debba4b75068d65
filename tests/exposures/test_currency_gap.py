from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from exposures.currency_gap import currency_gap, finding, total_open
from tests.exposures.lines import book, line

D = Decimal


def owes(line_id: str, country: str, currency: str, amount: object) -> dict[str, object]:
    return line(line_id, country, currency, side="liability", outstanding=amount, instrument="deposit")


def test_worked_example() -> None:
    """TRY +24, ARS −10, CLP +6, EUR −80: longs 30, shorts 90, total 90."""
    nets = {"TRY": D(142) - D(88) - D(30), "ARS": D(-10), "CLP": D(6), "EUR": D(-80)}
    assert nets["TRY"] == 24
    assert total_open(nets) == (30, 90)


def test_a_book_by_currency_and_by_country() -> None:
    """At 36 lira a dollar: 144 lent, 72 owed in lira is 2 long; 3 euro owed at 0.5 a dollar is 6 short."""
    made = currency_gap(
        book(
            line("1", "TR", "TRY", outstanding=100),
            line("2", "GB", "TRY", outstanding=44),
            owes("3", "TR", "TRY", 72),
            owes("4", "DE", "EUR", 3),
            line("5", "US", outstanding=50),
            rates={"TRY": D(36), "EUR": D("0.5")},
        )
    )
    assert [(one.currency, one.net, one.net_converted) for one in made.positions] == [
        ("USD", 50, 50),
        ("EUR", -3, -6),
        ("TRY", 72, 2),
    ]
    assert (made.longs, made.shorts, made.total) == (2, 6, 6)
    lira = {one.country: one.net for one in made.by_country if one.currency == "TRY"}
    assert lira == {"TR": 28, "GB": 44}


def test_without_debts_nothing_is_net() -> None:
    made = currency_gap(book(line("1", "TR", "TRY", outstanding=100), rates={"TRY": D(36)}))
    assert (made.positions[0].net, made.total) == (None, None)
    assert finding(made).case == "book.currency_gap.no_debts"


def test_a_currency_without_a_rate_is_shown_and_in_no_total() -> None:
    made = currency_gap(book(line("1", "TR", "TRY", outstanding=100), owes("2", "US", "USD", 1)))
    lira = next(one for one in made.positions if one.currency == "TRY")
    assert (lira.net, lira.net_converted, made.total) == (100, None, 0)
    assert finding(made).case == "book.currency_gap.no_rate"


def test_lines_without_a_currency_are_counted() -> None:
    assert currency_gap(book(line("1", "TR", None, outstanding=1))).without_currency == 1


def test_findings() -> None:
    rates = {"TRY": D(36), "EUR": D("0.5")}
    lira = line("1", "TR", "TRY", outstanding=72)
    long = finding(currency_gap(book(lira, owes("2", "DE", "EUR", "0.1"), rates=rates)))
    assert (long.case, long.values["widest"], long.values["amount"]) == ("book.currency_gap.long", "TRY", 2)
    short = finding(currency_gap(book(lira, owes("2", "DE", "EUR", 5), rates=rates)))
    assert (short.case, short.values["amount"], short.values["total"]) == ("book.currency_gap.short", 10, 10)
    closed = currency_gap(book(lira, owes("2", "TR", "TRY", 72), rates=rates))
    assert finding(closed).case == "book.currency_gap.closed"
    assert finding(currency_gap(book(line("1", "US", outstanding=1)))).case == "book.currency_gap.none"


@given(st.dictionaries(st.text("ABC", min_size=3, max_size=3), st.decimals(-(10**9), 10**9, places=2)))
def test_longs_less_shorts_is_everything(nets) -> None:
    longs, shorts = total_open(nets)
    assert longs >= 0
    assert shorts >= 0
    assert longs - shorts == sum(nets.values(), D(0))


def test_forwards_are_part_of_the_position() -> None:
    """142 lira lent, 88 owed, 30 sold forward: +24, as in the worked example; dollars bought are a line of theirs."""
    made = currency_gap(
        book(
            line("1", "TR", "TRY", outstanding=142),
            owes("2", "TR", "TRY", 88),
            line("F-try", "GB", "TRY", forward_sold=30, instrument="derivative"),
            line("F-usd", "GB", forward_bought=1, instrument="derivative"),
            rates={"TRY": D(30)},
        )
    )
    nets = {one.currency: (one.net, one.forward) for one in made.positions}
    assert nets == {"TRY": (24, -30), "USD": (1, 1)}
    assert made.forwards == 2
