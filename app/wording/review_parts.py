"""The words of a list's criteria and of the parts of its control total."""

from app.i18n import gettext as _
from app.wording.review_reasons import family


def criterion(case: str) -> str:
    """What a criterion of a list is about."""
    head, _dot, name = case.rpartition(".")
    if head.endswith("points"):
        return _("Points: {family}").format(family=family(name))
    return {
        "universe": _("Universe"),
        "minimum": _("Minimum amount"),
        "priority": _("Priority and due date"),
        "action": _("Action"),
        "rank": _("Rank"),
        "assets": _("Target of assets"),
        "run_off": _("Natural run-off"),
        "fill": _("How a gap is filled"),
        "liabilities": _("Liabilities"),
        "currency": _("Net position"),
        "currency_blank": _("Net position"),
        "triggers": _("Triggers"),
        "growth": _("Growth"),
        "income": _("Income"),
        "income_blank": _("Income"),
        "kinds": _("Kinds of facility"),
        "tiers": _("Tiers"),
        "exempt": _("Exempt"),
        "exempt_blank": _("Exempt"),
        "room": _("Room for new lending"),
        "approval": _("Approval"),
        "approval_blank": _("Approval"),
        "conditions": _("Conditions"),
        "lapse": _("Approvals that lapse"),
        "measure": _("How exposure is measured"),
        "wrong_way": _("Wrong-way risk"),
        "selection": _("Selection"),
        "rounds": _("Rounds"),
        "sectors": _("Who is a bank"),
        "content": _("What it says"),
        "again": _("When it is said again"),
        "answer": _("Acknowledgement and reply"),
        "excluded": _("Who is left out"),
    }[name]


def part(case: str) -> str:
    """A part of the control total."""
    return {
        "items": _("In the items of this list"),
        "shown_twice": _("Less lines that stand in two items"),
        "shown_otherwise": _("Counted elsewhere, twice, or outside the limit's measure"),
        "by_hand": _("Added by hand"),
        "within_target": _("Flagged, and nothing must come down"),
        "not_screened": _("Not screened: subjects below the minimum amount"),
        "no_entity": _("Flagged, and the book gives no booking entity"),
        "head_office": _("Flagged, and booked at head office"),
        "in_recovery": _("Flagged clients in recovery: no letter"),
        "on_hold": _("Flagged clients in litigation or under sanctions: no letter"),
        "by_call": _("Flagged sovereigns and central banks: told by a call"),
        "no_client_reason": _("Flagged, and nothing that concerns the client"),
        "no_trigger": _("Flagged, and no mark is passed"),
        "exempt": _("Flagged, and exempt by the bank's setting"),
        "not_selected": _("Counterparties that no mark selects"),
        "not_traded": _("No placement, repo, derivative or trade finance"),
        "no_bank": _("Flagged, and no bank, or of a sector that is not known"),
        "not_joined": _("In no group, without guarantor, parent or supplied claim"),
        "not_contagious": _("Joined to others, and no mark is passed"),
        "no_project": _("Flagged, and no project before its first draw"),
        "nothing_to_lend": _("Flagged, with nothing to draw, to renew or falling due"),
        "not_flagged": _("Emerging markets that are not flagged"),
        "outside": _("Outside the emerging markets"),
        "not_live": _("Lines without a live amount"),
        "not_converted": _("Lines without an exchange rate (not added)"),
        "liabilities": _("Liabilities (not screened, not added)"),
        "other_countries": _("In other countries and regions"),
    }[case]


def short_part(case: str) -> str:
    """A part of the control total in a narrow column."""
    return {
        "items": _("On this list"),
        "shown_twice": _("Counted twice"),
        "shown_otherwise": _("Counted otherwise"),
        "by_hand": _("By hand"),
        "within_target": _("Within target"),
        "not_screened": _("Too small"),
        "no_entity": _("No entity"),
        "head_office": _("Head office"),
        "in_recovery": _("In recovery"),
        "on_hold": _("On hold"),
        "by_call": _("By call"),
        "no_client_reason": _("No own reason"),
        "no_trigger": _("No mark passed"),
        "exempt": _("Exempt"),
        "no_project": _("No project"),
        "not_selected": _("Not selected"),
        "not_traded": _("Not traded"),
        "no_bank": _("No bank"),
        "not_joined": _("Not joined"),
        "not_contagious": _("No mark passed"),
        "nothing_to_lend": _("Nothing to cut"),
        "not_flagged": _("Not flagged"),
        "outside": _("Not emerging"),
        "not_live": _("Not live"),
        "not_converted": _("No rate"),
        "liabilities": _("Liabilities"),
    }[case]
