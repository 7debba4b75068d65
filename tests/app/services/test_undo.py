"""Taking an import back gives every answer of every command again as it was."""

import json
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.bootstrap import Program, open_program
from app.cli.command import canonical
from app.cli.main import parser
from app.jobs import Job
from app.refusals import Refused
from app.spreadsheets import child
from tests.app.services.workbooks import write_csv
from tests.conftest import Clock

FIRST, SECOND = date(2026, 5, 15), date(2026, 5, 22)
HEADERS = (
    "Loan Number,Counterparty,Country,Instrument,Currency,Outstanding,Undrawn,Class,Days past due,Maturity,"
    "Guarantor,Guarantor country,Guarantee percent"
)
QUESTIONS = (
    "book show", "book show --by counterparty", "book show --by entity", "book changes", "limits list",
    "limits excesses", "risk ladder", "risk currencies", "risk reserves", "stress run lira_falls",
    "stress compare lira_falls peso_devalued", "reviews list", "country show TR", "country list",
)  # fmt: skip
_LINE = st.tuples(
    st.integers(1, 8), st.sampled_from(["Ege", "Pampa", "Andes"]), st.sampled_from(["TR", "AR", "CL"]),
    st.sampled_from(["loan", "bond", "placement"]), st.sampled_from(["USD", "TRY"]),
    st.integers(0, 10**9).map(lambda cents: f"{cents / 100:.2f}"), st.integers(0, 10**6),
    st.sampled_from(["pass", "loss", ""]), st.sampled_from(["0", "45", ""]),
    st.sampled_from(["2026-06-30", "2031-01-31", ""]), st.sampled_from(["Bank,DE,90", ",,"]),
)  # fmt: skip
_BOOK = st.lists(_LINE, min_size=1, max_size=5, unique_by=lambda line: line[0])


def in_this_process(function: Callable[..., Any], *arguments: Any, job: Job | None = None, **_limits: Any) -> Any:
    return function(*arguments, job=job or Job())


@pytest.fixture(scope="module")
def bank(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    """A workspace with a first book, limits and review lists."""
    folder = tmp_path_factory.mktemp("undo")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(child, "run", in_this_process)
        with open_program(folder / "w", clock=Clock()) as program:
            rows = ("1,Ege,TR,loan,USD,100.25,20,pass,0,2031-01-31,Bank,DE,90", "2,Pampa,AR,bond,USD,50,0,loss,45,,,,")
            program.importing.commit(write_csv(folder / "first.csv", *rows, headers=HEADERS), FIRST)
            answer(program, "limits set TR 1000000 USD")
            answer(program, "reviews generate")
            yield program


def answer(program: Program, question: str) -> str:
    chosen = parser().parse_args(question.split())
    try:
        return json.dumps(canonical(chosen.run(program, chosen).data), sort_keys=True)
    except Refused as error:
        return error.code  # one book alone has no changes


def answers(program: Program) -> dict[str, object]:
    """Of alerts what fires; that one resolved meanwhile and fires anew is history, which nothing takes back."""
    alerts = json.loads(answer(program, "alerts list"))["alerts"]
    firing = sorted((alert["title"], alert["value"], alert["threshold"]) for alert in alerts if not alert["resolved"])
    return {question: answer(program, question) for question in QUESTIONS} | {"alerts list": firing}


@given(_BOOK, st.booleans())
@settings(max_examples=3, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_undo_restores_every_answer(bank: Program, tmp_path: Path, lines: list[tuple[Any, ...]], same: bool) -> None:
    before = answers(bank)
    rows = [",".join(map(str, line)) for line in lines]
    file = write_csv(tmp_path / "second.csv", *rows, headers=HEADERS)
    bank.importing.commit(file, FIRST if same else SECOND, supersede="corrected" if same else None)
    assert answer(bank, "book show") != before["book show"]
    bank.importing.undo("a wrong file")
    assert answers(bank) == before
