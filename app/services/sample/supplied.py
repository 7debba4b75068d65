"""What the invented bank supplies beside its book: claims between others, capital, and the soundness of banks."""

import tomllib
from datetime import date, datetime
from decimal import Decimal
from importlib.resources import files

from app.storage import audit, supplied
from app.storage.database import Database
from exposures.supplied import Capital, Link, Soundness, Supplied

#: The file that it is said to come from.
FILE = "supplied_20220331_SAMPLE.xlsx"
_MILLION = 10**6


def sheets() -> Supplied:
    """The sheets, amounts in US dollars."""
    known = tomllib.loads(files(__package__).joinpath("supplied.toml").read_text("utf-8"), parse_float=Decimal)
    day: date = known["date"]
    origin: str = known["source"]

    def sound(subject: str, figures: dict[str, Decimal | int]) -> Soundness:
        return Soundness(subject, {name: Decimal(value) for name, value in figures.items()}, day, origin)

    return Supplied(
        tuple(
            Link("claim", lender, debtor, Decimal(amount) * _MILLION, "USD", day, origin)
            for lender, debtor, amount in known["claims"]
        ),
        tuple(
            Capital(name, Decimal(amount) * _MILLION, "USD", day, origin) for name, amount in known["capital"].items()
        ),
        tuple(sound(name, figures) for name, figures in known["banks"].items()),
        tuple(sound(country, figures) for country, figures in known["systems"].items()),
    )


def enter(database: Database, now: datetime, who: str) -> None:
    """Keep the sheets, once."""
    made = sheets()
    with database.write() as connection:
        for kind, rows in (
            ("links", made.links), ("capital", made.capital), ("banks", made.banks), ("systems", made.systems),
        ):  # fmt: skip
            if supplied.versions(connection, kind):
                continue
            supplied.add(connection, kind, rows, FILE, who, now)
            after = {"rows": len(rows), "file": FILE}
            audit.record(connection, at=now, who=who, action="supplied.import", subject=kind, after=after)
