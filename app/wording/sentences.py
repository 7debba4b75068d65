"""The one door to words: a finding's sentence, a refusal's sentence and remedy."""

from collections.abc import Callable, Mapping
from typing import Any

from alerts.finding import Finding
from app.i18n import gettext as _
from app.refusals import Refused
from app.wording import (
    alerts,
    answers,
    auditing,
    backup,
    book,
    bridge,
    by_hand,
    changes,
    check_progress,
    checking,
    configuring,
    countries,
    filling,
    g51,
    holders,
    impact,
    import_refusals,
    limits,
    liquidity,
    marked_days,
    maturity,
    noticing,
    notifications,
    packing,
    persons,
    phrasing,
    preview,
    reporting,
    reviews,
    rules,
    runoff,
    schedule,
    sources,
    sourcing,
    stress,
    supplied,
    today,
    tracking,
    workspace,
)

Sentence = Callable[[Mapping[str, Any]], str]
#: What is wrong, and what to do next.
Remedy = Callable[[Mapping[str, Any]], tuple[str, str]]

#: Subject modules add theirs below; a case stands in exactly one of them.
SENTENCES: dict[str, Sentence] = (
    {}
    | liquidity.SENTENCES
    | book.SENTENCES
    | changes.SENTENCES
    | maturity.SENTENCES
    | stress.SENTENCES
    | preview.SENTENCES
    | alerts.SENTENCES
    | rules.SENTENCES
    | reviews.SENTENCES
    | today.SENTENCES
    | schedule.SENTENCES
    | sourcing.SENTENCES
    | auditing.SENTENCES
    | backup.SENTENCES
    | check_progress.SENTENCES
    | checking.SENTENCES
    | countries.SENTENCES
    | runoff.SENTENCES
    | bridge.SENTENCES
    | tracking.SENTENCES
    | impact.SENTENCES
    | limits.SENTENCES
    | holders.SENTENCES
    | g51.SENTENCES
    | noticing.SENTENCES
    | notifications.SENTENCES
    | persons.SENTENCES
)
REFUSALS: dict[str, Remedy] = (
    {}
    | import_refusals.REFUSALS
    | book.REFUSALS
    | changes.REFUSALS
    | stress.REFUSALS
    | configuring.REFUSALS
    | limits.REFUSALS
    | holders.REFUSALS
    | g51.REFUSALS
    | sources.REFUSALS
    | alerts.REFUSALS
    | answers.REFUSALS
    | rules.REFUSALS
    | reviews.REFUSALS
    | by_hand.REFUSALS
    | filling.REFUSALS
    | supplied.REFUSALS
    | reporting.REFUSALS
    | packing.REFUSALS
    | workspace.REFUSALS
    | persons.REFUSALS
    | schedule.REFUSALS
    | backup.REFUSALS
    | sourcing.REFUSALS
    | checking.REFUSALS
    | countries.REFUSALS
    | runoff.REFUSALS
    | bridge.REFUSALS
    | marked_days.REFUSALS
    | noticing.REFUSALS
    | phrasing.REFUSALS
    | notifications.REFUSALS
)


def sentence(finding: Finding) -> str:
    """The finding in the reader's language; an unknown case is a fault of the program and raises KeyError."""
    return SENTENCES[finding.case](finding.values)


def refusal(error: Refused) -> tuple[str, str]:
    """What was refused, and the remedy, in the reader's language."""
    if error.code in REFUSALS:
        return REFUSALS[error.code](error.values)
    return _("This was refused ({code}).").format(code=error.code), _("Nothing was stored. Try again, or see the log.")
