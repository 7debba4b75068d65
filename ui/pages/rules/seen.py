"""What the page asks the services for, in a worker."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from alerts.backtest import BackTest
from alerts.finding import Finding
from alerts.rule import Rule
from app.bootstrap import Program
from app.jobs import Job
from app.services.ruling import Past, Tested, Tried, Version
from app.storage.answers import Outcome


@dataclass(frozen=True)
class Seen:
    """Every rule, and what keeps some from being evaluated."""

    rules: tuple[Rule, ...]
    lacks: Mapping[str, Finding]


@dataclass(frozen=True)
class Detail:
    """One rule with its versions, its past for every set of labels, and how its alerts turned out."""

    rule: Rule
    versions: tuple[Version, ...]
    tried: Tried
    outcomes: Mapping[Outcome, int]
    sources: Mapping[str, str]  # where the figures come from, by country (empty: of no country)


def fetch(program: Program, _job: Job) -> Seen:
    """The list."""
    lacks = {one.rule.id: one.lack for one in program.ruling.not_evaluable()}
    return Seen(program.ruling.rules(), lacks)


def fetch_detail(program: Program, rule_id: str, job: Job) -> Detail:
    """One rule as it stands; its past without other lines, which moving the line shows."""
    rule = program.ruling.rule(rule_id)
    tried = program.ruling.back_test(rule, tried=False, job=job)
    labels = [past.test.labels for past in tried.pasts]
    sources = {one.get("country", ""): program.tracing.rule(rule, one).source for one in labels}
    return Detail(rule, program.ruling.history(rule_id), tried, program.answering.outcomes(rule.id), sources)


def tried_again(program: Program, rule: Rule, pasts: tuple[Past, ...], job: Job) -> Tried:
    """Another rule over the readings gathered before: of the same figure and condition only the lines may differ."""
    found = []
    for past in pasts:
        job.check()
        found.append(program.ruling.past(rule, past.readings, (), tried=False))
    return Tried(rule, tuple(found), None)


def try_out(program: Program, rule: Rule, job: Job) -> Tried:
    """A rule that reads other figures, or something else of them."""
    return program.ruling.back_test(rule, tried=False, job=job)


def save(program: Program, rule: Rule, reason: str, _job: Job) -> Rule:
    """A new version."""
    return program.ruling.set(rule, reason)


def restore(program: Program, rule_id: str, version: int, reason: str, _job: Job) -> Rule:
    """An earlier version is the newest again."""
    return program.ruling.restore(rule_id, version, reason)


def run_tests(program: Program, path: Path, _job: Job) -> Tested:
    """A file of rule tests."""
    return program.ruling.test(path)


def loudest(tried: Tried) -> Past | None:
    """The past to show first: the one with most alerts."""
    return max(tried.pasts, key=lambda past: len(past.test.episodes), default=None)


def all_episodes(tried: Tried) -> list[tuple[BackTest, int]]:
    """Every episode of every set of labels as (its test, its place), newest first."""
    found = [(past.test, place) for past in tried.pasts for place in range(len(past.test.episodes))]
    return sorted(found, key=lambda pair: pair[0].episodes[pair[1]].fired, reverse=True)
