"""The invented bank's settings: illustrative ratios, reserves, capital, probabilities of default (not regulation)."""

import json
from collections.abc import Callable, Mapping
from datetime import datetime

from app.events import Events
from app.services.configuring import Configuring
from app.storage.database import Database
from exposures.reviews.review_list import AGENCY_GRADES

#: By agency grade, the best first.
PERCENTS = (
    *("0.02", "0.03", "0.04", "0.05", "0.06", "0.08", "0.12", "0.2", "0.3", "0.5", "0.8"),
    *("1.2", "2", "3.5", "6", "9", "14", "20", "28", "40", "60", "100"),
)
#: As `settings set` takes them; amounts in US dollars.
SETTINGS: Mapping[str, str] = {
    "bank.net_capital": "7000000000",
    "bank.reserve_ratios": json.dumps(
        {"low": "0", "relatively_low": "5", "medium": "10", "relatively_high": "20", "high": "50"}
    ),
    "bank.reserves_held": json.dumps({"TR": "300000000", "AR": "140000000", "CL": "40000000"}),
    "bank.pd_scale": json.dumps(dict(zip(AGENCY_GRADES, PERCENTS, strict=True))),
    "bank.lgd_floor": "10",
    "reviews.lgd": "45",
}


def enter(database: Database, clock: Callable[[], datetime], user: str) -> None:
    """Set what is still blank; nobody listens, since the rules are evaluated once everything is there."""
    configuring = Configuring(database, Events(), clock, user)
    for standing in configuring.all():
        if standing.blank and standing.key in SETTINGS:
            configuring.set(standing.key, SETTINGS[standing.key])
