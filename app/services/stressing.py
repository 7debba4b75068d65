"""What the book would come to: maturities, open positions, country-risk reserves, and scenarios."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from importlib.resources import files
from pathlib import Path
from typing import Any

from app.paths import Workspace
from app.refusals import Misused, Refused
from app.services.review_inputs import class_rules, local_currencies
from app.services.surveying import Surveying
from app.settings import BANK_SETTINGS, REVIEW_SETTINGS
from app.storage import audit, levels, limits, settings
from app.storage.books import Batch
from app.storage.database import Database
from exposures import g51, maturity
from exposures.class_rules import ClassRules
from exposures.country_risk import CountryRisks, ReserveSettings, country_risks
from exposures.currency_gap import CurrencyGap, currency_gap
from exposures.maturity import Ladder
from exposures.reviews.review_list import AGENCY_GRADES
from exposures.scenario import InvalidScenario, Scenario, read_scenario
from exposures.stress import StressResult, StressSettings, bases, stress
from exposures.stress_lines import CreditSettings

#: What reserves and the share of capital rest on beside the book and the levels, as the audit trail names it.
_RESERVE_SETTINGS = ("bank.reserve_ratios", "bank.reserves_held", "bank.net_capital", "reviews.home")

#: What the class findings rest on beside the book and the levels.
_CLASS_SETTINGS = ("bank.minimum_classes", "bank.late_across_banks")


@dataclass(frozen=True, slots=True)
class NamedScenario:
    """A scenario and where it comes from: `id` is its file's name; `own` where it is the bank's."""

    id: str
    scenario: Scenario
    own: bool


class Stressing:
    """Reads only: nothing here is ever written to the book."""

    def __init__(
        self, database: Database, workspace: Workspace, surveying: Surveying, clock: Callable[[], datetime]
    ) -> None:
        self._database, self._workspace, self._surveying, self._clock = database, workspace, surveying, clock

    def ladder(self, *, country: str | None = None, currency: str | None = None) -> Ladder:
        """The newest book by days to payment; Refused "book.none"."""
        return maturity.ladder(self._surveying.book(), country=country, currency=currency)

    def currency_gap(self) -> CurrencyGap:
        """The newest book's open positions; Refused "book.none"."""
        return currency_gap(self._surveying.book())

    def country_risks(self) -> CountryRisks:
        """Reserves and shares of capital of the newest book; Refused "book.none"."""
        book = self._surveying.book()
        bank = self._settings()
        return country_risks(bases(book), bank.levels, bank.reserves, bank.home, book.currency)

    def country_risks_of(self, batch: int) -> tuple[CountryRisks, datetime | None]:
        """The same of another book, by the levels and settings of now, and since when these stand (None: for ever)."""
        book, bank = self._surveying.book(batch), self._settings()
        with self._database.read() as connection:
            decided = [level.decided_at or level.at for level in levels.in_force(connection, self._clock()).values()]
            changed = [row["at"] for key in _RESERVE_SETTINGS for row in audit.trail(connection, subject=key)]
        risks = country_risks(bases(book), bank.levels, bank.reserves, bank.home, book.currency)
        return risks, max((*decided, *changed), default=None)

    def class_rules(self) -> tuple[ClassRules, datetime | None]:
        """What the bank set about classes, by the levels of now, and since when it stands (None: for ever)."""
        with self._database.read() as connection:
            bank = settings.read(connection, "bank", BANK_SETTINGS)
            standing = levels.in_force(connection, self._clock())
            changed = [row["at"] for key in _CLASS_SETTINGS for row in audit.trail(connection, subject=key)]
        if bank["minimum_classes"]:
            changed += [level.decided_at or level.at for level in standing.values()]
        return class_rules(bank, {code: level.level for code, level in standing.items()}), max(changed, default=None)

    def g51(self) -> tuple[Batch, g51.Table | None]:
        """The newest book in the shape of the return G51, and its batch; None without a rate of the renminbi.

        Refused "book.none".
        """
        book = self._surveying.book()
        risks = {row.country: row for row in self.country_risks().rows}
        return self._surveying.newest(), g51.table(book, risks)

    def scenarios(self) -> tuple[NamedScenario, ...]:
        """The shipped scenarios, then the bank's own by name; Refused "stress.bad_scenario" names a file that is wrong.

        The bank's own lie as TOML files in the workspace's folder `scenarios`; one of the same name takes the place of
        a shipped one.
        """
        found = {
            item.name.removesuffix(".toml"): (item.read_text("utf-8"), item.name, False)
            for item in files("exposures").joinpath("scenarios").iterdir()
            if item.name.endswith(".toml")
        }
        shipped = sorted(found)
        own = sorted(self._workspace.scenarios.glob("*.toml"))
        for file in own:
            found[file.stem] = (_text(file), file.name, True)
        order = [*shipped, *(file.stem for file in own if file.stem not in shipped)]
        return tuple(NamedScenario(id, _read(*found[id][:2]), found[id][2]) for id in order)

    def scenario(self, wanted: str) -> Scenario:
        """A scenario by its id or name, or from a file of the bank's; Misused "stress.unknown_scenario"."""
        known = self.scenarios()
        for one in known:
            if wanted in (one.id, one.scenario.name):
                return one.scenario
        if wanted.endswith(".toml"):
            return _read(_text(Path(wanted)), wanted)
        raise Misused("stress.unknown_scenario", wanted=wanted, known=tuple(one.id for one in known))

    def run(self, scenario: Scenario) -> StressResult:
        """The newest book under a scenario; Refused "book.none", "stress.own_currency"."""
        book = self._surveying.book()
        with self._database.read() as connection:
            standing = [stored.limit for stored in limits.in_force(connection)]
        try:
            return stress(book, scenario, standing, self._settings())
        except ValueError:
            raise Refused("stress.own_currency", currency=book.currency, name=scenario.name) from None

    def _settings(self) -> StressSettings:
        with self._database.read() as connection:
            bank = settings.read(connection, "bank", BANK_SETTINGS)
            review = settings.read(connection, "reviews", REVIEW_SETTINGS)
            standing = {code: level.level for code, level in levels.in_force(connection, self._clock()).items()}
        scale = review["rating_scale"]
        grades = tuple(grade for grade, _agency in scale) if scale else AGENCY_GRADES
        return StressSettings(
            CreditSettings(grades, _decimals(bank["pd_scale"]), _decimal(bank["lgd_floor"]), local_currencies()),
            reserve_settings(bank),
            standing,
            review["home"],
        )


def reserve_settings(bank: Mapping[str, Any]) -> ReserveSettings:
    """What the bank set about country-risk reserves and its capital; blank stays blank."""
    return ReserveSettings(
        _decimals(bank["reserve_ratios"]), _decimals(bank["reserves_held"]), _decimal(bank["net_capital"])
    )


def _decimal(value: str | None) -> Decimal | None:
    return None if value is None else Decimal(value)


def _decimals(table: Mapping[str, str | int]) -> dict[str, Decimal]:
    return {key: Decimal(value) for key, value in table.items()}


def _text(file: Path) -> str:
    try:
        return file.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise Misused("stress.no_file", file=file.name) from None


def _read(text: str, file: str) -> Scenario:
    try:
        return read_scenario(text)
    except InvalidScenario as error:
        raise Refused("stress.bad_scenario", file=file, place=error.place, problem=error.problem) from None
