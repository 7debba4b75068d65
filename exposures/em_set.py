"""The emerging markets and the policy list: a dated TOML file, as shipped or the bank's own."""

import tomllib
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class EmSet:
    """The emerging markets: every country or region that is not excluded; `policy` are always watched."""

    excluded: frozenset[str]
    home: str
    dated: date
    source: str
    policy: tuple[str, ...] = ()

    def __contains__(self, country: object) -> bool:
        return isinstance(country, str) and bool(country) and country not in self.excluded


def parse_em_set(text: str, home: str | None = None) -> EmSet:
    """The emerging-market set from its TOML text; `home` overrides the home country of the file.

    Raises KeyError, TypeError or tomllib.TOMLDecodeError (a ValueError) where the text is no such file.
    """
    content = tomllib.loads(text)
    at_home = home or content["home"]
    excluded = frozenset(content["advanced"]) | {at_home, content["international_organisation"]}
    policy = tuple(content["policy_list"])
    return EmSet(excluded, at_home, content["dated"], content["source"], policy)
