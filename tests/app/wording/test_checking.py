"""Every word of the daily check: steps, states, rows, values and lines, answers, what is missing, refusals."""

from datetime import UTC, date, datetime
from decimal import Decimal
from importlib.resources import files

import pytest

from app import i18n
from app.refusals import Refused
from app.wording import checking
from app.wording.sentences import refusal, sentence
from exposures.check_policy import read_policy
from exposures.checking import Evidence, State, StepEvidence, Verdict, answer, step_evidence

DAY = date(2026, 5, 26)
POLICY = read_policy(files("exposures").joinpath("daily_check.toml").read_text("utf-8"))


def rule(metric: str, value: str | None, unit: str, over: str = "0", **more: str) -> Evidence:
    figure = None if value is None else Decimal(value)
    labels = {"rule": "R", "metric": metric, "over": over, **more}
    return Evidence("rule", State.CRITICAL, Verdict.ACT, figure, unit, DAY, "fredgraph", labels=labels)


def test_every_step_has_a_name_and_a_question() -> None:
    for step in POLICY.steps:
        assert checking.step_name(step.id)
        assert checking.step_question(step.id).endswith("?")


def test_every_state_verdict_and_input_has_a_word() -> None:
    assert len({checking.state(state) for state in State}) == len(State)
    assert [checking.verdict(verdict) for verdict in Verdict] == ["Fine", "Watch", "Act"]
    families = [f"family.{family}" for step in POLICY.steps if step.rule == "alerts" for family in step.families]
    for code in [*(code for step in POLICY.steps for code in step.missing), *families, "days_past_due", "loan_class"]:
        assert checking.missing(code) != code
    assert [checking.status(code) for code in ("open", "with_checker", "signed")] == [
        "Not signed",
        "With checker",
        "Signed",
    ]


@pytest.mark.parametrize(
    ("row", "what", "value", "source"),
    [
        (rule("FX", "-6.11", "percent", "5", country="TR"), "Turkish Lira, 5-observation change", "−6.1 %", "FRED"),
        (
            rule("FX", "0.4", "percent", "5", country="TR", meanwhile="critical"),
            "Turkish Lira, 5-observation change (critical in between)",
            "+0.4 %",
            "FRED",
        ),
        (rule("SOFR_IORB", "-14", "basis points"), "SOFR less interest on reserves", "−14 bp", "FRED"),
        (
            rule("change(WALCL,1)", "-14859", "USD millions"),
            "Total assets, change since the last observation",
            "USD −14.9 bn",
            "FRED",
        ),
        (rule("FX", None, "percent", "5"), "Currencies against the dollar, 5-observation change", "", "FRED"),
        (
            Evidence(
                "freshness", State.LATE, Verdict.WATCH, Decimal(1), "releases", DAY, "ddp", labels={"group": "h41"}
            ),
            "H.4.1",
            "1 missed",
            "Federal Reserve Board",
        ),
        (
            Evidence("freshness", State.NORMAL, value=Decimal(0), unit="releases", labels={"group": "gdp"}),
            "US GDP",
            "none missed",
            "",
        ),
        (
            Evidence("period_end", State.INFO, value="quarter_end", unit="code", labels={"metric": "SOFR"}),
            "Last observation of a period",
            "quarter-end",
            "",
        ),
        (
            Evidence("flag_gained", State.CRITICAL, value="A", unit="code", labels={"country": "TR"}),
            "Turkey: newly flagged",
            "A, act",
            "",
        ),
        (
            Evidence("flag_gained", State.CRITICAL, value="A", unit="code", labels={"country": "TR", "was": "B"}),
            "Turkey: flag raised",
            "A, act",
            "",
        ),
        (
            Evidence("flag_lost", State.INFO, value="B", unit="code", labels={"country": "TR", "was": "B"}),
            "Turkey: flag lost",
            "B, watch",
            "",
        ),
        (
            Evidence(
                "limit",
                State.CRITICAL,
                value=Decimal("104.166"),
                unit="percent",
                source="v31",
                labels={"country": "TR"},
            ),
            "Turkey, country limit",
            "104.2 %",
            "Book v31",
        ),
        (
            Evidence("late_new", State.CRITICAL, value=Decimal(91), unit="days", labels={"counterparty": "Anadolu"}),
            "Anadolu: newly late",
            "91 days",
            "",
        ),
        (
            Evidence(
                "class_finding", State.INFO, value=Decimal(2), unit="lines", date=DAY, labels={"case": "below_minimum"}
            ),
            "Class better than the days past due allow",
            "2",
            "",
        ),
        (
            Evidence(
                "maturities", State.INFO, value=Decimal(5_000_000), unit="USD", labels={"days": "5", "lines": "2"}
            ),
            "Falling due in 5 days",
            "USD 5.0 m",
            "",
        ),
        (
            Evidence(
                "item",
                State.WARNING,
                value=Decimal(-1),
                unit="days",
                source="L1-0417",
                labels={"item": "L1-0417", "subject": "Anadolu"},
            ),
            "L1-0417 Anadolu",
            "−1 days",
            "L1-0417",
        ),
    ],
)
def test_rows_in_words(row: Evidence, what: str, value: str, source: str) -> None:
    assert (checking.evidence(row), checking.value(row), checking.source(row)) == (what, value, source)


def test_every_other_row_has_words() -> None:
    plain = ("book_age", "flags", "no_book", "limits_within", "no_limits", "without_limit", "late_known")
    for code in (*plain, "class_findings", "lists_never_made", "open_items"):
        assert checking.evidence(Evidence(code, State.INFO)) != code


@pytest.mark.parametrize("step", POLICY.steps, ids=lambda step: step.id)
def test_every_figure_of_the_policy_has_a_name(step) -> None:
    for figure in step.figures:
        row = Evidence("figure", State.INFO, labels={"metric": figure.metric, "over": str(figure.over)})
        assert figure.metric not in checking.evidence(row)


def test_a_failed_source_says_why() -> None:
    labels = {"source": "fredgraph", "resource": "WALCL"}
    row = Evidence("source_failed", State.FAILED, Verdict.WATCH, "source.unreachable", "code", DAY, labels=labels)
    assert checking.evidence(row) == "FRED: WALCL"
    assert checking.value(row) == "not reached"
    assert checking.value(Evidence("source_failed", State.FAILED, value="series.unit_jump")) == "answer refused"


def test_a_value_never_reads_like_a_line_it_does_not_touch() -> None:
    row = Evidence(
        "limit", State.WARNING, value=Decimal("99.98"), unit="percent", warning=Decimal(80), critical=Decimal(100)
    )
    assert checking.value(row) == "99.98 %"


def test_the_lines_of_a_row() -> None:
    row = Evidence("rule", State.NORMAL, unit="percent", warning=Decimal(-3), critical=Decimal(-5))
    assert checking.lines(row) == "−3 % / −5 %"
    assert checking.lines(Evidence("rule", State.NORMAL, unit="percent", critical=Decimal(100))) == "100 %"
    assert checking.lines(Evidence("flags", State.INFO)) == ""


def test_the_answers() -> None:
    def said(*calls: Verdict, missing: tuple[str, ...] = ()) -> str:
        return sentence(
            answer(step_evidence("countries", [Evidence("flags", State.INFO, call) for call in calls], missing))
        )

    assert said() == "Nothing can be said: there is no evidence."
    assert said(Verdict.FINE) == "Fine: nothing calls for a watch or an act."
    assert said(Verdict.FINE, missing=("score", "level")) == (
        "Fine as far as it can be seen. Not assessed: vulnerability score, country-risk level."
    )
    assert said(Verdict.WATCH) == "1 finding is to be watched; none calls for an act."
    assert said(Verdict.WATCH, Verdict.WATCH) == "2 findings are to be watched; none calls for an act."
    assert said(Verdict.ACT, Verdict.WATCH) == "1 finding calls for an act."
    assert said(Verdict.ACT, Verdict.ACT) == "2 findings call for an act."


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize(
    ("code", "values", "part"),
    [
        ("check.unknown", {"date": DAY}, "26"),
        ("check.unknown_step", {"step": "tea", "known": ("data", "book")}, "tea"),
        ("check.not_business_day", {"date": DAY}, "26"),
        ("check.too_early", {"date": DAY, "start": datetime(2026, 5, 26, 0, 30, tzinfo=UTC)}, "26"),
        ("check.in_future", {"date": DAY, "today": DAY}, "26"),
        ("check.needs_comment", {"step": "currencies", "verdict": "act"}, None),
        ("check.needs_lists", {"step": "currencies"}, None),
        ("check.undecided", {"date": DAY, "steps": ("data", "book")}, None),
        ("check.signed", {"date": DAY}, "26"),
        ("check.not_signed", {"date": DAY}, "26"),
    ],
)
def test_refusals_say_what_and_what_to_do(language: str, code: str, values: dict, part: str | None) -> None:
    i18n.set_language(language)
    what, remedy = refusal(Refused(code, **values))
    assert code not in what
    assert remedy
    assert (part or "") in what


def test_nothing_is_left_of_a_step_without_rows() -> None:
    assert answer(StepEvidence("book", Verdict.WATCH, ())).case in checking.SENTENCES


def test_a_brief_name_keeps_what_tells_two_rows_apart() -> None:
    lira = {"rule": "E9", "metric": "FX", "country": "TR"}
    assert checking.brief(Evidence("rule", State.NORMAL, labels=lira | {"over": "5"})) == "Turkish Lira, 5 obs."
    assert checking.brief(Evidence("rule", State.NORMAL, labels=lira | {"over": "20"})) == "Turkish Lira, 20 obs."
    change = {"metric": "change(WALCL,1)", "over": "0"}
    assert checking.brief(Evidence("figure", State.INFO, labels=change)) == "Total assets, 1 obs."
    assert checking.brief(Evidence("figure", State.INFO, labels={"metric": "WALCL"})) == "Total assets"
    assert checking.brief(Evidence("book_age", State.NORMAL)) == "Age of the book"
