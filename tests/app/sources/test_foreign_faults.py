"""What a refresh makes of faults in the answers of each source abroad: a named outcome, and what is stored stays."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import pytest

from app import bootstrap
from app.bootstrap import Program
from tests.app.conftest import Asked, Reply, Server
from tests.app.services.reaching import reach
from tests.app.sources.foreign_mirror import answer
from tests.conftest import Clock

TODAY = date(2026, 5, 26)  # the tests' clock
FIRST = date(2025, 11, 3)
SOURCES = ("bis", "bcra", "imf", "imf_rates", "worldbank", "ecb", "mof", "tic")
HTML = b"<!DOCTYPE html><html><title>Scheduled maintenance</title></html>"


def spoiled(pattern: str, by: str, *, count: int = 0) -> Callable[[bytes], bytes]:
    """A change of every match in the text, which has to have one; a day without rates stays as it is."""

    def change(body: bytes) -> bytes:
        if b'"detalle":[]' in body:
            return body
        text = body.decode("cp932")
        changed = re.sub(pattern, by, text, count=count, flags=re.MULTILINE)
        assert changed != text, pattern
        return changed.encode("cp932")

    return change


def repeated(body: bytes) -> bytes:
    """Every line with a number once more, its last number another one: dates stand there twice."""
    lines = body.decode("cp932").splitlines()
    again = [f"{line}1" for line in lines if re.search(r"\d{4}.*\.\d+$|\t\d+$", line)]
    return "\n".join([*lines, *again]).encode("cp932")


def records(change: Callable[[list[Any]], Any]) -> Callable[[bytes], bytes]:
    """A change of the World Bank's records."""

    def whole(body: bytes) -> bytes:
        about, found = json.loads(body)
        return json.dumps([about, change(found)]).encode()

    return whole


@dataclass(frozen=True)
class Fault:
    """What the server does with a good body, and the outcome: a code, or None where nothing is wrong."""

    spoil: Callable[[bytes], bytes]
    code: str | None


#: Faults of the content, by source. A missing value is none of them: it leaves its date out.
CONTENT: Mapping[str, Mapping[str, Fault]] = {
    "bis": {
        "missing values": Fault(spoiled(r"\d+\.\d+$", "NaN"), None),
        "a sentinel with its status": Fault(
            lambda body: spoiled(r"^([DMQ],.*),[\d.NaN]+$", r"\1,-9999,M")(
                body.replace(b"TIME_PERIOD,OBS_VALUE", b"TIME_PERIOD,OBS_VALUE,OBS_STATUS")
            ),
            None,
        ),
        "a renamed column": Fault(spoiled("OBS_VALUE", "VALUE"), "source.column"),
        "an empty span": Fault(lambda body: body.split(b"\n")[0], None),
        "dates twice": Fault(repeated, "source.twice"),
        "numbers as strings": Fault(spoiled(r",([\d.]+)$", r',"\1"'), None),
        "another unit": Fault(spoiled(r",(\d+)\.(\d+)$", r",\g<1>000.\2"), "series.unit_jump"),
    },
    "bcra": {
        "missing values": Fault(spoiled(r'"tipoCotizacion": [\d.]+', '"tipoCotizacion": null'), "source.column"),
        "a renamed column": Fault(spoiled("tipoCotizacion", "cotizacion"), "source.column"),
        "an empty span": Fault(lambda _body: b'{"status":200,"results":{"fecha":null,"detalle":[]}}', None),
        "numbers as strings": Fault(spoiled(r'"tipoCotizacion": ([\d.]+)', r'"tipoCotizacion": "\1"'), None),
        "another unit": Fault(
            spoiled(r'"USD", "descripcion": "USD", "tipoPase": 0.0, "tipoCotizacion": ', r"\g<0>1000"),
            "series.unit_range",
        ),
    },
    "imf": {
        "missing values": Fault(spoiled(r",[^,\n]+$(?<!OBS_VALUE)", ","), None),
        "a renamed column": Fault(spoiled("COUNTRY", "REF_AREA"), "source.column"),
        "an empty span": Fault(lambda body: body.split(b"\n")[0], None),
        "dates twice": Fault(repeated, "source.twice"),
        "numbers as strings": Fault(spoiled(r",([^,\n]+)$(?<!OBS_VALUE)", r',"\1"'), None),
        "another unit": Fault(spoiled(r",([\d.]+)(e\+\d+)?$", r",\1e15"), "series.unit_range"),
    },
    "imf_rates": {
        "missing values": Fault(spoiled(r"(?<=\t)[\d,]+\.\d+", "NA"), None),
        "a renamed column": Fault(spoiled("^Currency", "Devise"), "source.header"),
        "an empty span": Fault(lambda body: b"\r\n".join(body.split(b"\r\n")[:2]), None),
        "dates twice": Fault(
            lambda body: body + b"\r\n" + spoiled("Chilean peso\t[^\t]+", "Chilean peso\t1.0", count=1)(body),
            "source.twice",
        ),
        "numbers as strings": Fault(spoiled(r"(?<=\t)([\d,]+\.\d+)", r'"\1"'), None),
        "another unit": Fault(spoiled(r"(?<=\t)([\d,]+)\.(\d+)", r"\g<1>000.\2"), "series.unit_jump"),
    },
    "worldbank": {
        "missing values": Fault(records(lambda found: [one | {"value": None} for one in found]), None),
        "an error with status 200": Fault(
            lambda _body: b'[{"message":[{"id":"120","key":"Invalid value","value":"not valid"}]}]', "source.said"
        ),
        "a renamed column": Fault(spoiled("countryiso3code", "iso3"), "source.column"),
        "an empty span": Fault(records(lambda _found: None), None),
        "dates twice": Fault(
            records(lambda found: [*found, *({**one, "value": 1} for one in found if one["value"] is not None)]),
            "source.twice",
        ),
        "numbers as strings": Fault(
            records(lambda found: [one | {"value": one["value"] and str(one["value"])} for one in found]), None
        ),
        "another unit": Fault(
            records(lambda found: [one | {"value": one["value"] and one["value"] * 1000} for one in found]),
            "series.unit_jump",
        ),
    },
    "ecb": {
        "missing values": Fault(spoiled(r",[\d.]+$", ",NaN"), None),
        "a renamed column": Fault(spoiled("OBS_VALUE", "VALUE"), "source.column"),
        "an empty span": Fault(lambda body: body.split(b"\n")[0], None),
        "dates twice": Fault(repeated, "source.twice"),
        "numbers as strings": Fault(spoiled(r",([\d.]+)$", r',"\1"'), None),
        "another unit": Fault(spoiled(r",(\d+)\.(\d+)$", r",\g<1>000.\2"), "series.unit_jump"),
    },
    "mof": {
        "missing values": Fault(spoiled(r"(?<=,)\d+\.\d+", "-"), None),
        "a renamed column": Fault(spoiled("10Y", "Ten"), "source.column"),
        "an empty span": Fault(lambda body: b"\r\n".join(body.split(b"\r\n")[:2]), None),
        "dates twice": Fault(
            lambda body: body + b"\r\n" + spoiled(r"1\.100", "9.9")(b"\r\n".join(body.split(b"\r\n")[2:5])),
            "source.twice",
        ),
        "numbers as strings": Fault(spoiled(r"(?<=,)(\d+\.\d+)", r'"\1"'), None),
        "another unit": Fault(spoiled(r"1\.100", "1100"), "series.unit_jump"),
    },
    "tic": {
        "missing values": Fault(spoiled(r"\t-?\d+$", "\tn.a."), "source.empty"),  # nothing else is in the first table
        "a renamed column": Fault(spoiled("country_code", "code"), "source.header"),
        "an empty span": Fault(lambda body: b"\n".join(body.split(b"\n")[:4]), "source.empty"),
        "dates twice": Fault(repeated, "source.twice"),
        "numbers as strings": Fault(spoiled(r"\t(\d+)$", r'\t"\1"'), None),
        "another unit": Fault(spoiled("Millions", "Billions"), "source.unit"),
    },
}

#: Faults of the way; all of them, with how they are retried, are in test_faults. Here what is stored has to stay.
TRANSPORT: Mapping[str, tuple[Callable[[bytes], Reply], str | None]] = {
    "a fault of the server": (lambda _body: Reply(503), "source.status"),
    "a page of maintenance": (lambda _body: Reply(200, HTML), "source.html"),
}


def good(asked: Asked) -> bytes:
    found = answer(asked.path, asked.params, FIRST, TODAY)
    assert found is not None, asked.path
    return found


class Asker:
    """A program that has asked a source once and well; `again` asks it while the server misbehaves."""

    def __init__(self, program: Program, server: Server, source: str) -> None:
        self._program, self._server, self._source = program, server, source
        self.faults = CONTENT[source]
        server.choose = lambda asked: Reply(200, good(asked))
        reach(program.workspace.sources, **{source: {"base_url": server.url, "attempts": 1}})
        self._since = date(FIRST.year - 3, 1, 1) if source == "worldbank" else FIRST
        assert program.refreshing.refresh([source], since=self._since).failed == ()
        self.stored = self.counts()
        assert sum(self.stored.values())

    def counts(self) -> dict[str, int]:
        return {entry.series.id: entry.count for entry in self._program.watching.catalogue() if entry.count}

    def again(self, reply: Callable[[bytes], Reply]) -> set[str]:
        """The codes of what failed when everything is asked again."""
        self._server.choose = lambda asked: reply(good(asked))
        report = self._program.refreshing.refresh([self._source], since=self._since)
        return {one.error.code for one in report.failed if one.error is not None}


@pytest.fixture(scope="module")
def askers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Asker]]:
    """One program and server for all faults of a source: none of them may leave anything behind."""
    with ExitStack() as stack:

        @cache
        def asker(source: str) -> Asker:
            server = Server()
            stack.callback(server.close)
            path = tmp_path_factory.mktemp(source) / "workspace"
            return Asker(stack.enter_context(bootstrap.open_program(path, clock=Clock())), server, source)

        yield asker


EVERY = [
    *((source, fault) for source in SOURCES for fault in TRANSPORT),
    *((source, fault) for source, faults in CONTENT.items() for fault in faults),
]


@pytest.mark.parametrize(("source", "fault"), EVERY)
def test_a_fault_has_its_outcome_and_leaves_what_is_stored(
    askers: Callable[[str], Asker], source: str, fault: str
) -> None:
    asker = askers(source)
    if fault in TRANSPORT:
        reply, code = TRANSPORT[fault]
        codes = asker.again(reply)
    else:
        spoil, code = asker.faults[fault].spoil, asker.faults[fault].code
        # The structure of the claims has faults of its own, in test_bis.
        codes = asker.again(lambda body: Reply(200, body if body.startswith(b'{"meta"') else spoil(body)))
    assert codes == ({code} if code else set())
    assert asker.counts() == asker.stored
