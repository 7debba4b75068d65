"""The words of the alerts page, in both their languages' frame and in English."""

from dataclasses import replace
from datetime import UTC, date, datetime
from importlib.resources import files

import pytest

from alerts.alert import Transition, summary
from alerts.finding import Finding
from alerts.monitor import Kind, Phase
from alerts.rule import Severity
from alerts.rulefile import RuleFileError, read
from app import i18n
from app.refusals import Refused
from app.wording import alerts as words
from app.wording import rule_faults
from app.wording.sentences import refusal, sentence
from tests.alerts.test_alert import FIRING, PENDING, RECOVERING, RESOLVED

SHIPPED = {rule.id: rule for rule in read(files("alerts").joinpath("defaults.toml").read_text("utf-8"))}


@pytest.mark.parametrize(
    ("rule", "labels", "title"),
    [
        ("E9", {"country": "TR"}, "Turkish Lira, 5-observation change"),
        ("X1", {"country": "AR"}, "Argentina, country limit"),
        ("X2", {"country": "CL"}, "Chile, country limit used"),
        ("L1", {}, "SOFR less interest on reserves"),
        ("L8", {}, "Treasury General Account, change since the last observation"),
        ("D1", {}, "Broad dollar, 20-observation change"),
    ],
)
def test_titles(rule: str, labels: dict[str, str], title: str) -> None:
    assert words.title(SHIPPED[rule], labels) == title


@pytest.mark.parametrize("rule", SHIPPED.values(), ids=lambda rule: rule.id)
def test_every_shipped_rule_has_words(rule: object) -> None:
    assert words.title(rule, {}) != rule.metric  # type: ignore[arg-type, attr-defined]


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (-6.11, "percent", "−6.1 %"),
        (-5.0, "percent", "−5 %"),
        (23.0, "basis points", "23 bp"),
        (100_000.0, "USD millions", "USD 100 bn"),
        (3.5, "index", "3.5 index"),
        (None, "percent", "no value"),
    ],
)
def test_amounts(value: float | None, unit: str, text: str) -> None:
    assert words.amount(value, unit) == text


def test_the_sentence_of_an_alert() -> None:
    lira = replace(FIRING, rule=replace(FIRING.rule, condition=SHIPPED["E9"].condition))
    assert sentence(summary(lira)) == "−6.1 % in 5 observations. Critical is −5 %; it clears above −4 %."
    assert words.row(lira) == "Critical: −6.1 %, line −5 %"
    limit = replace(FIRING, rule=SHIPPED["X1"], severity=Severity.WARNING, value=83.33, threshold=80, clears_at=80)
    assert sentence(summary(limit)) == "Now 83.3 %. Warning is 80 %."
    dollar = replace(lira, rule=SHIPPED["D1"], severity=Severity.WARNING, value=3.2, threshold=3, clears_at=2.5)
    assert sentence(summary(dollar)) == "+3.2 % in 20 observations. Warning is 3 %; it clears below 2.5 %."


def test_a_value_beside_its_line_never_reads_like_it() -> None:
    near = replace(FIRING, rule=SHIPPED["L5"], value=9.98, threshold=10, clears_at=10)
    assert sentence(summary(near)) == "Now 9.98 %. Critical is 10 %."


@pytest.mark.parametrize(
    ("alert", "row"),
    [
        (PENDING, "Pending: −6.1 %, 2 of 3"),
        (replace(RECOVERING, passed=1, needed=3), "Recovering: −6.1 %, 1 of 3"),
        (replace(FIRING, stale=True), "Stale: no value at the last observation"),
        (replace(FIRING, phase=Phase.ERROR, fault="x"), "Cannot be evaluated"),
        (RESOLVED, "Resolved after 1 day"),
        (replace(RESOLVED, history=FIRING.history), "Ended by a revision"),
    ],
)
def test_rows(alert: object, row: str) -> None:
    assert words.row(alert) == row  # type: ignore[arg-type]


VALUES = {
    "value": 1.0,
    "unit": "percent",
    "over": 0,
    "threshold": 0.5,
    "clears_at": 0.5,
    "upward": True,
    "severity": Severity.WARNING,
    "passed": 1,
    "needed": 2,
    "episode": date(2026, 5, 21),
    "ended": date(2026, 5, 27),
    "fault": None,
    "firing": 4,
    "critical": 1,
    "others": 2,
    "days": 2,
    "metric": "FX",
    "scope": "country=TR",
    "wanted": "percent",
}


@pytest.mark.parametrize("language", i18n.LANGUAGES)
@pytest.mark.parametrize("case", words.SENTENCES)
def test_every_case_has_a_sentence_in_every_language(case: str, language: str) -> None:
    i18n.set_language(language)
    text = sentence(Finding(case, VALUES))
    assert text
    assert "{" not in text


def test_the_list_of_alerts() -> None:
    assert (
        sentence(Finding("alerts.unacknowledged", VALUES))
        == "4 firing, 1 critical. Oldest unacknowledged: 2 working days"
    )
    assert sentence(Finding("alerts.resolved", VALUES)) == "Resolved on 27 May 2026, after 6 days."
    assert sentence(Finding("alerts.pending", VALUES)).endswith(
        "Beyond 0.5 % for 1 of 2 observations; it fires if that lasts."
    )


@pytest.mark.parametrize("kind", Kind)
def test_every_event_has_words(kind: Kind) -> None:
    told = Transition(kind, date(2026, 5, 22), -5.2, -5.0, None, None, 2, datetime(2026, 5, 22, tzinfo=UTC))
    assert words.event(told, "percent")


def test_every_state_and_severity_has_a_name() -> None:
    assert len({words.phase(phase) for phase in Phase}) == len(Phase)
    assert [words.severity(severity) for severity in (*Severity, None)] == ["Warning", "Critical", "None"]


@pytest.mark.parametrize("code", words.REFUSALS)
def test_every_refusal_has_a_remedy(code: str) -> None:
    what, remedy = refusal(Refused(code, id="A-0001", until=datetime(2026, 5, 22, tzinfo=UTC)))
    assert what.endswith(".")
    assert remedy.endswith(".")


def test_a_fault_of_a_rule_file_is_said_with_its_place() -> None:
    text = '[[rule]]\nid = "A"\nmetric = "m"\nunit = 3\nfamily = "fx"\nwarning = { comparison = ">", threshold = 1 }\n'
    with pytest.raises(RuleFileError) as error:
        read(text)
    assert [rule_faults.fault(fault) for fault in error.value.faults] == ["Line 4, rule A, field unit: is not a text"]
    with pytest.raises(RuleFileError) as error:
        read("rule = 3")
    assert rule_faults.fault(error.value.faults[0]) == "Rule ?, field rule: must be a list of [[rule]] tables"
    with pytest.raises(RuleFileError) as error:
        read("x")
    assert rule_faults.fault(error.value.faults[0]).startswith("The rule file is not valid TOML:")
