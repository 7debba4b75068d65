"""Words for what a rule looks at: its condition, in a title and in a sentence."""

from alerts.conditions import (
    BookChange,
    BookLimit,
    Change,
    Composite,
    Condition,
    Count,
    Crossing,
    PercentChange,
    Percentile,
    Spread,
    Staleness,
    ZScore,
)
from app.i18n import gettext as _
from app.i18n import ngettext, pgettext
from app.wording.formats import number


def titled(name: str, condition: Condition) -> str:
    """A figure's name with what is made of it: "Turkish Lira, 5-observation change"."""
    match condition:
        case BookChange():
            return ngettext(
                "{name}, change since the last book", "{name}, change over {count} books", condition.over
            ).format(name=name, count=condition.over)
        case Change() | PercentChange():
            return change(name, condition.over)
        case ZScore() | Percentile() if condition.measure != "level":
            return _("{name}, unusual move").format(name=name)
        case ZScore() | Percentile():
            return _("{name}, unusual level").format(name=name)
        case Spread():
            return _("{name} less {other}").format(name=name, other=condition.against)
        case Crossing():
            return _("{name}, crossing").format(name=name)
        case Composite():
            return _("{name}, several conditions").format(name=name)
        case Staleness():
            return _("{name}, releases missed").format(name=name)
        case Count():
            return _("{name}, how often of late").format(name=name)
    return name


def change(name: str, over: int) -> str:
    """A figure's change over so many observations; the figure itself over none."""
    if not over:
        return name
    return ngettext("{name}, change since the last observation", "{name}, {count}-observation change", over).format(
        name=name, count=over
    )


def kind(of: str) -> str:
    """A condition's name in a list of conditions."""
    return {
        "level": _("Level"),
        "change": _("Change"),
        "percent_change": _("Percent change"),
        "z_score": _("Standard deviations from its own past"),
        "percentile": _("Percentile of its own past"),
        "spread": _("Spread against another figure"),
        "crossing": _("Crossing a line or another figure"),
        "composite": _("Several conditions together"),
        "staleness": _("Releases missed"),
        "book_limit": _("Use of a limit"),
        "book_change": _("Change between books"),
        "count": _("How many of the last observations"),
    }.get(of, of)


def parameter(name: str) -> str:
    """A condition's parameter, as the label of its field."""
    return {
        "over": _("Observations"),
        "measure": _("Measured as"),
        "window": _("Observations of the past"),
        "against": _("Against"),
        "direction": _("Direction"),
        "line": pgettext("threshold", "Line"),
        "comparison": _("Comparison"),
        "join": _("Joined by"),
        "parts": _("Conditions"),
        "pending": _("With what is pending"),
        "in_percent": _("In percent"),
    }.get(name, name)


def choice(of: str) -> str:
    """A value a parameter may have by name."""
    return {
        "level": _("its level"),
        "change": _("its change"),
        "value": _("a currency's loss of value"),
        "dollar_rise": _("the dollar's rise"),
        "up": _("upwards"),
        "down": _("downwards"),
        "either": _("either way"),
        "and": _("all of them"),
        "or": _("any of them"),
    }.get(of, of)


def sentence(condition: Condition) -> str:
    """What the condition's value is, in a sentence."""
    match condition:
        case BookLimit():
            return _("The use of the limit, with what is pending.") if condition.pending else _("The use of the limit.")
        case BookChange():
            return ngettext(
                "The change since the book before.", "The change over {count} books.", condition.over
            ).format(count=condition.over)
        case PercentChange(measure="value"):
            text = ngettext(
                "The change in a currency's value since the observation before, in percent.",
                "The change in a currency's value over {count} observations, in percent.",
                condition.over,
            )
            return text.format(count=condition.over)
        case PercentChange():
            text = ngettext(
                "The rise since the observation before, in percent.",
                "The rise over {count} observations, in percent.",
                condition.over,
            )
            return text.format(count=condition.over)
        case Change():
            text = ngettext(
                "The change since the observation before.", "The change over {count} observations.", condition.over
            )
            return text.format(count=condition.over)
        case ZScore():
            return _("How many standard deviations from the mean of the {count} observations before.").format(
                count=number(condition.window)
            )
        case Percentile():
            return _("The percentage of the {count} observations before that lie below.").format(
                count=number(condition.window)
            )
        case Spread():
            return _("The figure less {other}, on the dates both have.").format(other=condition.against)
        case Crossing():
            return _("Whether it crossed {line}, {direction}.").format(
                line=condition.against or number(condition.line, 2), direction=choice(condition.direction)
            )
        case Composite():
            return _("Whether the conditions hold, {join}: {count}.").format(
                join=choice(condition.join), count=len(condition.parts)
            )
        case Staleness():
            return _("How many releases are behind their calendar.")
        case Count():
            return _("How many of the last {count} observations were {comparison} {line}.").format(
                count=condition.over, comparison=condition.comparison, line=number(condition.line, 2)
            )
    return _("The figure itself.")
