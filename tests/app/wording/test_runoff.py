"""Every case and refusal of the run-off has its words; the sentences read as they should."""

import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

import app.liquidity
from alerts.finding import Finding
from app import i18n
from app.liquidity.caps import Into
from app.liquidity.holdings import SecurityType
from app.liquidity.maturities import BUCKETS
from app.liquidity.scenario import _RANGES, _SIGNED, AmpleUnit
from app.liquidity.t_account import ASSETS, LIABILITIES, Channel
from app.refusals import Misused, Refused
from app.wording import runoff, soma, t_account
from app.wording.sentences import refusal, sentence

ROOT = Path(app.liquidity.__file__).parents[1]
FILES = ("t_account", "runoff", "runoff_answer", "backtest", "maturities", "redemption", "position", "scenario",
         "scenariofile")  # fmt: skip
SEPTEMBER = date(2026, 9, 1)


def _source() -> str:
    texts = [(ROOT / "liquidity" / f"{name}.py").read_text("utf-8") for name in FILES]
    return "\n".join([*texts, (ROOT / "services" / "simulating.py").read_text("utf-8")])


def test_every_case_has_a_sentence() -> None:
    found = set(re.findall(r'Finding\(\s*"([a-z_.]+)"', _source())) | {
        f"t_account.{channel.value.replace('-', '_')}" for channel in Channel
    }
    found |= {"t_account.mixed", "t_account.stage.raise", "t_account.stage.no_raise", "runoff.on_rrp_empty"}
    found |= {f"t_account.entry.repaid_{case}" for case in ("all", "some", "none")} | {"runoff.tga_empty"}
    found |= {f"runoff.note.pay_down_{case}" for case in ("measured", "declared", "given")}
    found |= {"backtest.one", "backtest.all", "pace.full", "pace.short", "compare.first", "compare.together"}
    found |= {"soma.front", "soma.long"}
    assert found == set(runoff.SENTENCES)


def test_every_refusal_has_its_remedy() -> None:
    codes = set(re.findall(r'(?:Misused|Refused)\(\s*"([a-z_.]+)"', _source()))
    assert len(codes) > 12
    assert codes <= set(runoff.REFUSALS)


def test_every_id_has_a_name() -> None:
    assert all(
        runoff.line_name(line) for line in (*ASSETS, *LIABILITIES, "mbs", "total_assets", "foreign_rrp", "notes")
    )
    assert all(t_account.channel_name(channel.value) for channel in Channel)
    assert all(runoff.ample_unit(unit.value) for unit in AmpleUnit)
    assert all(runoff.agency_into(into.value) for into in Into)
    assert all(soma.security_type(kind.value) for kind in SecurityType)
    assert all(soma.bucket_name(id) for id, _low, _high in BUCKETS)
    assert all(runoff.field_name(name) for name in (*_RANGES, *_SIGNED, "bill_months"))


@pytest.mark.parametrize(
    ("finding", "text"),
    [
        (Finding("runoff.crossed", {"month": SEPTEMBER, "place": 4, "months": 18}), "September 2026, month 4 of 18."),
        (
            Finding("runoff.on_rrp_empty", {"place": 2, "share": 90.0}),
            "ON RRP is empty within 2 months, so reserves carry 90 % of the run-off.",
        ),
        (
            Finding("runoff.on_rrp_empty", {"place": 1, "share": 90.0}),
            "ON RRP is empty within a month, so reserves carry 90 % of the run-off.",
        ),
        (
            Finding("runoff.already_below", {"gap": 100.4, "date": date(2026, 5, 20)}),
            "They already are not: USD 100 bn below the floor on 20 May 2026.",
        ),
        (
            Finding("runoff.no_floor", {"unit": "percent_of_gdp", "lowest": 2_000.0, "lowest_month": SEPTEMBER}),
            ("The floor in % of GDP cannot be drawn: that figure has no data. "
            "Reserves are lowest in September 2026, at USD 2,000 bn."),
        ),
        (
            Finding("pace.short", {"run_off": 1_347.0, "months": 18, "allowed": 1_567.5}),
            "USD 1,347 bn run off in 18 months; the caps would allow USD 1,568 bn.",
        ),
        (
            Finding("pace.grows", {"run_off": -300.0, "months": 12, "bought": 300.0}),
            "Purchases of USD 300 bn outweigh what runs off: assets grow by USD 300 bn in 12 months.",
        ),
        (
            Finding("backtest.all", {"percent": 1.3, "end": 0.4, "episode": "QT1"}),
            "1.3 % of assets or better, on average; at the end 0.4 % or better.",
        ),
        (
            Finding("t_account.mixed", {"amount": Decimal(20), "given": {"banks": Decimal("10.5"),
                                                                         "treasury-cash": Decimal("9.5")}}),
            "The Fed shrinks by 20: Banks, from reserves 10.5; The Treasury, from its cash 9.5.",
        ),
        (
            Finding("runoff.note.unknown_lines", {"date": date(2026, 5, 20), "lines": ("tga", "notes")}),
            ("No figure on 20 May 2026: Treasury account, Notes. They are part of other liabilities, and what they "
            "would pay falls on reserves."),
        ),
        (
            Finding("compare.first", {"names": ("Fast",), "month": SEPTEMBER, "crossing": 1, "count": 3}),
            "Fast reaches its floor first, in September 2026; 1 of 3 reach theirs.",
        ),
        (
            Finding("soma.front", {"share": Decimal("22.3"), "amount": Decimal(1_286 * 10**9), "month": SEPTEMBER,
                                   "coupons": 107 * 10**9, "date": SEPTEMBER}),
            ("22.3 % of the Treasuries, USD 1,286 bn, fall due within a year; most coupons in September 2026, "
            "USD 107 bn."),
        ),
    ],
)  # fmt: skip
def test_sentences(finding: Finding, text: str) -> None:
    assert sentence(finding) == text


def test_refusals_say_what_and_what_to_do() -> None:
    what, remedy = refusal(Misused("scenario.split", total=Decimal(90), month=SEPTEMBER))
    assert what == "The shares of who pays in September 2026 add up to 90 %."
    assert "100 %" in remedy
    what, remedy = refusal(
        Misused("scenario.out_of_range", field="treasury_cap", value=Decimal(-1), low=0, high=10_000)
    )
    assert (what, remedy) == ("-1 is out of range for the cap on Treasuries.", "Enter a number from 0 to 10,000.")
    what, _remedy = refusal(Refused("runoff.no_start", date=date(2022, 5, 18), missing=("treasuries", "reserves")))
    assert what == "A simulation cannot begin on 18 May 2022: there is no figure for US Treasuries, Reserves."


def test_months_in_chinese() -> None:
    i18n.set_language("zh_CN")
    assert (runoff.month_name(SEPTEMBER), runoff.short_month(SEPTEMBER)) == ("2026年9月", "26年9月")
