"""What the bank sets about classes: the best class by level of country risk, and who is late at other banks."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

#: Above this share of its debt across banks more than 90 days late, in percent, all that a non-retail debtor owes is at
#: least substandard (2023 risk-classification measure, read in secondary sources); exactly so much is not.
ACROSS_BANKS = Decimal(20)


@dataclass(frozen=True)
class ClassRules:
    """Blank as shipped, which is not "nothing to find": what depends on it is not checked.

    `by_level`: the best class that a claim can have, by level of country risk; `levels`: the approved level of every
    country that has one. `across_banks`: percent of a counterparty's debt across banks over 90 days late.
    """

    by_level: Mapping[str, str] = field(default_factory=dict)
    levels: Mapping[str, str] = field(default_factory=dict)
    across_banks: Mapping[str, Decimal] = field(default_factory=dict)

    @cached_property
    def by_country(self) -> Mapping[str, str]:
        """The best class that a claim there can have, of every country whose level the bank gave one."""
        return {code: self.by_level[level] for code, level in self.levels.items() if level in self.by_level}

    @property
    def columns(self) -> tuple[str, ...]:
        """What is read of a line beside what every check reads."""
        return ("country",) if self.by_country else ()

    def unlevelled(self, countries: Iterable[str]) -> list[str]:
        """Those that cannot be checked because nobody approved a level; none where nothing is checked by level."""
        return [code for code in dict.fromkeys(countries) if self.by_level and code not in self.levels]


#: Nothing is set.
BLANK = ClassRules()
