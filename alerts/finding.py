"""What a panel, a list or a message has to say, before it is put into anybody's language."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Finding:
    """An enumerated case ("tide.slack_water") and the values its sentence needs; `app.wording` forms the words."""

    case: str
    values: Mapping[str, Any] = field(default_factory=dict)
