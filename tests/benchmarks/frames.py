"""Books of any length as frames of lines, without a file: made in seconds, the same for the same seed."""

import numpy as np
import pandas as pd

from exposures.exposure import FIELD
from exposures.lines import typed

PLACES = ("TR", "AR", "CL", "EG", "VN", "BR", "DE", "ID", "PK", "KE", "LK", "MX", "ZA", "PL", "HU", "GH", "NG", "CO")
CURRENCIES = ("TRY", "ARS", "CLP", "EGP", "VND", "BRL", "EUR", "IDR", "PKR", "KES", "USD", "USD", "USD", "CNY")
INSTRUMENTS = ("loan", "loan", "trade_finance", "bond", "guarantee", "placement", "derivative", "project")
#: Units of a currency for one dollar.
RATES = {"USD": "1", "EUR": "0.86", "CNY": "7.1", "TRY": "45", "ARS": "1400", "CLP": "940", "EGP": "50", "VND": "26000",
         "BRL": "5.4", "IDR": "16500", "PKR": "280", "KES": "129"}  # fmt: skip


def lines(count: int, seed: int = 7) -> pd.DataFrame:
    """`count` lines with thirty columns filled, eight to a counterparty, nine counterparties to a group."""
    chance = np.random.default_rng(seed)
    owner = chance.integers(0, count // 8 + 1, count)
    place = np.array(PLACES, object)[owner % len(PLACES)]

    def texts(form: str, numbers: np.ndarray) -> np.ndarray:
        known, where = np.unique(numbers, return_inverse=True)
        return np.array([form.format(number) for number in known.tolist()], object)[where]

    def one_of(*values: object) -> np.ndarray:
        return np.array(values, object)[chance.integers(0, len(values), count)]

    def money(largest: int, share: float = 1.0) -> pd.Series:
        amounts = pd.Series(chance.integers(0, largest, count), dtype="Int64")
        return amounts.where(chance.random(count) < share)

    signed = np.datetime64("2021-01-01") + chance.integers(0, 1500, count)
    covered = chance.random(count) < 0.2
    flags = pd.Series(covered, dtype="boolean").where(covered)
    made = {
        "line_id": texts("HT{:08d}", np.arange(count)),
        "side": np.where(chance.random(count) < 0.1, "liability", "asset").astype(object),
        "counterparty_id": texts("C{:06d}", owner),
        "counterparty_name": texts("客户 {} Trading & Co.", owner),
        "group_id": texts("G{:05d}", owner // 9),
        "sector": np.array(("corporate", "bank", "sovereign"), object)[owner % 3],
        "country": place,
        "booking_entity": one_of("Head Office", "London Branch", "Hong Kong Branch"),
        "instrument": one_of(*INSTRUMENTS),
        "product": texts("Product {}", chance.integers(0, 12, count)),
        "currency": np.array(CURRENCIES, object)[chance.integers(0, len(CURRENCIES), count)],
        "outstanding": money(10**11),
        "accrued_interest": money(10**7),
        "undrawn": money(10**10, 0.4),
        "pending": money(10**9, 0.05),
        "stage": one_of("repaying", "disbursing", "signed", "approved"),
        "signing_date": signed,
        "maturity": signed + chance.integers(1400, 5000, count),
        "guarantor_name": np.where(covered, "Garantie AG", None),
        "guarantor_country": np.where(covered, "DE", None),
        "guarantee_percent": np.where(covered, 95.0, np.nan),
        **{name: flags for name in FIELD if name in ("guarantee_explicit", "guarantee_irrevocable",
                                                     "guarantee_unconditional", "guarantee_in_force")},
        "rating": one_of("B+", "BB", "BBB-", "A", "CCC"),
        "loan_class": one_of("pass", "pass", "pass", "special_mention", "substandard"),
        "days_past_due": pd.Series(chance.choice([0, 0, 0, 15, 40], count), dtype="Int64"),
        "ifrs_stage": pd.Series(chance.choice([1, 1, 2, 3], count), dtype="Int64"),
        "dscr": chance.integers(80, 300, count) / 100,
        "hard_currency_share": chance.random(count),
        "relationship_owner": one_of("Chen Li", "Wang Min", "Zhao Qi", "Sun Yi"),
        "source_sheet": np.full(count, "Book", object),
        "source_row": pd.Series(np.arange(count) + 2, dtype="Int64"),
    }  # fmt: skip
    return typed(pd.DataFrame(made))


def next_week(before: pd.DataFrame, share: float, seed: int) -> pd.DataFrame:
    """The book a week later: `share` of the lines owe another amount."""
    chance = np.random.default_rng(seed)
    after = before.copy()
    moved = chance.random(len(after)) < share
    after.loc[moved, "outstanding"] = chance.integers(0, 10**11, int(moved.sum()))
    return after
