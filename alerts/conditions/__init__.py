"""The conditions a rule may have; a new one is a file and a line here."""

from alerts.conditions.change import Change
from alerts.conditions.condition import Condition
from alerts.conditions.level import Level
from alerts.conditions.percent_change import PercentChange

CONDITIONS: tuple[type[Condition], ...] = (Level, Change, PercentChange)

__all__ = ["CONDITIONS", "Change", "Condition", "Level", "PercentChange"]
