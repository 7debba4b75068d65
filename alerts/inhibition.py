"""An alert that is only the consequence of another one: while the cause fires, nobody is told of it.

Alertmanager's semantics: the source mutes the target where every label in `equal` is the same on both (one that both
lack counts as the same); an alert never mutes itself; an end is told all the same; when the source is over and the
target still fires, the target is told.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Firing:
    """An alert that fires now: its rule and its labels."""

    rule_id: str
    labels: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Inhibition:
    """While the rule `source` fires, the rule `target` is not told where the labels `equal` are the same."""

    source: str
    target: str
    equal: tuple[str, ...] = ()

    def mutes(self, firing: Firing, target: Firing) -> bool:
        """Whether one alert mutes another."""
        if firing.rule_id != self.source or target.rule_id != self.target:
            return False
        if firing.rule_id == target.rule_id and dict(firing.labels) == dict(target.labels):
            return False
        return all(firing.labels.get(name) == target.labels.get(name) for name in self.equal)


def muted_by(inhibitions: Iterable[Inhibition], firing: Iterable[Firing], target: Firing) -> str:
    """The rule whose alert mutes another; an empty text where none does."""
    fires = tuple(firing)
    for inhibition in inhibitions:
        if any(inhibition.mutes(source, target) for source in fires):
            return inhibition.source
    return ""
