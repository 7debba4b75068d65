"""Every version of a rule with who wrote it, when and why; versions are only ever added."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from alerts.rule import Rule
from alerts.rulefile import read
from app.storage.tables.alerts import rule_version


@dataclass(frozen=True, slots=True)
class RuleVersion:
    """A rule as it stood from `at` on."""

    rule: Rule
    at: datetime
    who: str
    reason: str


def versions(connection: Connection, rule_id: str) -> tuple[RuleVersion, ...]:
    """All versions of a rule, oldest first; none of a rule that is not there."""
    query = select(rule_version).where(rule_version.c.rule_id == rule_id).order_by(rule_version.c.version)
    return tuple(RuleVersion(read(row.text)[0], row.at, row.who, row.reason) for row in connection.execute(query))
