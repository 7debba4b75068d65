"""Projects before their first draw: which lines they are, and how many stand at which stage."""

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from alerts.finding import Finding
from exposures.reviews.item import ReviewItem

#: Stages of a project before its first draw.
STAGES = ("planned", "in_approval", "approved", "signed")


def is_project(stage: str | None, drawn: int, pending: int) -> bool:
    """Whether nothing has been drawn and the stage is not past signing; pending alone where the stage is not given."""
    return drawn == 0 and (stage in STAGES or (stage is None and pending > 0))


def before_draw(standing: Sequence[ReviewItem], waiting: int, currency: str) -> Finding:
    """The projects that stand, with those approved and not signed apart from those signed."""
    stages = Counter(
        str(fact.value) for item in standing for fact in item.proposal.facts if fact.code == "project_stage"
    )
    approved, signed = stages["approved"], stages["signed"]
    return Finding(
        "l5.stages",
        {
            "waiting": waiting,
            "items": len(standing),
            "amount": sum((item.proposal.size for item in standing), Decimal(0)),
            "currency": currency,
            "approved": approved,
            "signed": signed,
            "earlier": len(standing) - approved - signed,
        },
    )
