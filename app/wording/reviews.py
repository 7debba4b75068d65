"""The words of the review lists: names, reasons, actions, criteria, findings and refusals."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from app.i18n import gettext as _
from app.i18n import ngettext, pgettext
from app.wording.formats import day, money, number, percent, short_day
from app.wording.terms import country, loan_class
from exposures.reason import Reason, Value


def list_name(list_id: str) -> str:
    """What a list is called."""
    return {"L1": _("Asset screening")}.get(list_id, list_id)


def list_question(list_id: str) -> str:
    """The question that a list answers."""
    return {"L1": _("Which assets are at risk?")}.get(list_id, "")


def priority(code: str) -> str:
    """How pressing an item is."""
    return {"high": _("High"), "medium": _("Medium"), "low": _("Low"), "minor": _("Minor")}[code]


def action(code: str) -> str:
    """What is proposed, or decided."""
    return {
        "recover": _("Recovery and provision"),
        "downgrade": _("Downgrade"),
        "reduce": _("Reduce"),
        "no_renewal": _("Do not renew"),
        "add_collateral": _("Add collateral"),
        "call_report": _("Call report"),
        "watch": _("Watch"),
        "keep": _("Keep"),
    }[code]


def short_action(code: str) -> str:
    """An action in a column: one or two words."""
    return _("Recover") if code == "recover" else action(code)


def due(code: str) -> str:
    """When open items are due."""
    return {
        "overdue": _("Overdue"),
        "soon": _("In 7 days"),
        "later": pgettext("due", "Later"),
        "undated": _("No date"),
    }[code]


def status(code: str) -> str:
    """Where an item stands; "overdue" is what a passed due date makes of an open one, "drafted" what a
    decision makes of a proposed one.
    """
    return {
        "proposed": _("Proposed"),
        "with_checker": _("With checker"),
        "returned": _("Returned"),
        "drafted": _("Drafted"),
        "in_work": _("In work"),
        "done": _("Done"),
        "closed": _("Closed"),
        "rejected": _("Rejected"),
        "release_proposed": _("Release proposed"),
        "overdue": _("Overdue"),
    }[code]


def role(code: str) -> str:
    """Why a country counts for an item."""
    return {
        "immediate": _("Immediate country only"),
        "guarantor": _("Guarantor country only"),
        "both": _("Immediate and guarantor country"),
    }[code]


def tier(code: str) -> str:
    """How a flagged country is treated."""
    return {"A": _("A, act"), "B": _("B, watch")}[code]


def owner(name: str | None) -> str:
    """Who owns an item."""
    return name or _("Unassigned")


def amount(value: Decimal | None, currency: str) -> str:
    """An amount of major units as people say it: USD 1,286 m, with one decimal below ten million."""
    if value is None:
        return _("not known")
    return money(value, currency)


def reason(given: Reason) -> str:
    """What the reason is about."""
    subject = given.labels.get("subject", "")
    match given.metric:
        case "policy_list":
            return _("On the policy list")
        case "country_alert" | "fx_debt" | "tide":
            text = _("Alert {rule}") if given.metric != "fx_debt" else _("Foreign-currency debt, alert {rule}")
            return text.format(rule=given.labels.get("rule", ""))
        case "limit_active_breach" | "limit_use" | "limit_country":
            return _("Limit of {country} used").format(country=country(subject))
        case "limit_group":
            return _("Group limit used")
        case "limit_counterparty":
            return _("Counterparty limit used")
    return {
        "country_score": _("Vulnerability score"),
        "country_level": _("Country-risk level"),
        "class": _("Class"),
        "days_past_due": _("Days past due"),
        "ifrs_stage": _("Impairment stage"),
        "finding_below_minimum": _("Class better than the days past due allow"),
        "finding_debtor_share": _("Class better than the debtor's other claims allow"),
        "finding_stage_1_late": _("Stage 1 and over 30 days past due"),
        "finding_not_stage_3_late": _("Not stage 3 and over 90 days past due"),
        "finding_not_stage_3_class": _("Not stage 3 and non-performing"),
        "finding_stage_3_pass": _("Stage 3 and class pass"),
        "rating": _("Rating"),
        "rating_down": _("Rating lowered since the last book"),
        "due_30": _("Due in 30 days"),
        "cover": _("Eligible cover of the exposure"),
    }[given.metric]


def brief(given: Reason, currency: str) -> str:
    """A reason in two or three words with its figure, for the second line of a cell."""
    value = figure(given.value, given.unit, currency)
    match given.metric:
        case "policy_list":
            text = _("Policy list")
        case "country_alert" | "tide":
            text = _("Alert {rule}")
        case "fx_debt":
            text = _("Foreign-currency debt")
        case "limit_active_breach" | "limit_use" | "limit_country":
            text = _("Country limit {value}")
        case "limit_group":
            text = _("Group limit {value}")
        case "limit_counterparty":
            text = _("Own limit {value}")
        case "days_past_due":
            days = given.value if isinstance(given.value, Decimal) else Decimal(0)
            text = ngettext("{value} day late", "{value} days late", int(days))
        case "ifrs_stage":
            text = _("Stage {value}")
        case "rating":
            text = _("Rated {value}")
        case "rating_down":
            text = _("Lowered to {value}")
        case "due_30":
            text = _("{value} due in 30 days")
        case "cover":
            text = _("Cover {value}")
        case "country_score":
            text = _("Score {value}")
        case "country_level":
            text = _("Country risk {value}")
        case "class":
            return value
        case _:
            text = _("Class finding")
    return text.format(value=value, rule=given.labels.get("rule", ""))


def figure(value: Value, unit: str, currency: str) -> str:
    """A reason's value or threshold with its unit; an en dash where there is none."""
    if value is None:
        return "\u2013"
    if isinstance(value, str):
        return _word(value, unit)
    match unit:
        case "money":
            return amount(value, currency)
        case "percent" | "%":
            return percent(value)
        case "days" | "stage" | "score":
            return number(value)
        case "" | "code":
            return number(value, _decimals(value))
    return _("{number} {unit}").format(number=number(value, _decimals(value)), unit=unit)


def source(given: Reason, book_source: str) -> str:
    """Where a reason can be looked up: the book, an alert, or the bank's policy list."""
    if given.source == "policy list":
        return _("Policy list")
    if given.source.startswith("v") and given.source[1:].isdecimal():
        return _("Book {version}, {file}").format(version=given.source, file=book_source)
    return _("Alert {alert}").format(alert=given.source)


def family(code: str) -> str:
    """A family of reasons."""
    return {
        "country": _("Country"),
        "credit": _("Credit"),
        "finding": _("Class finding"),
        "rating": _("Rating"),
        "limit": _("Limit"),
        "fx": _("Currency"),
        "maturity": _("Maturity"),
        "cover": _("Cover"),
        "tide": _("Dollar tide"),
    }[code]


def why_not_assessable(code: str, value: str) -> str:
    """Why a family of reasons could not be judged for a subject."""
    return {
        "no_class_days_stage": _("The book gives no class, days past due or stage."),
        "unrated": _("The book gives no rating."),
        "unmapped": _("The grade {grade} is not on the rating scale."),
        "local_revenue_unknown": _("The book does not say whether the revenue is local."),
        "undated": _("The book gives no maturity."),
        "no_cover_fields": _("The book has no collateral or guarantee columns."),
        "guarantee_terms_missing": _(
            "A guarantor is named, but the book does not say that the guarantee is explicit, irrevocable, "
            "unconditional and in force; it counts as no cover."
        ),
    }[code].format(grade=value)


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
    }[name]


def part(case: str) -> str:
    """A part of the control total."""
    return {
        "items": _("In the items of this list"),
        "shown_twice": _("Less lines that stand under two countries"),
        "not_screened": _("Not screened: subjects below the minimum amount"),
        "not_flagged": _("Emerging markets that are not flagged"),
        "outside": _("Outside the emerging markets"),
        "not_live": _("Lines without a live amount"),
        "not_converted": _("Lines without an exchange rate (not added)"),
        "liabilities": _("Liabilities (not screened, not added)"),
    }[case]


def short_part(case: str) -> str:
    """A part of the control total in a narrow column."""
    return {
        "items": _("On this list"),
        "shown_twice": _("Counted twice"),
        "not_screened": _("Too small"),
        "not_flagged": _("Not flagged"),
        "outside": _("Not emerging"),
        "not_live": _("Not live"),
        "not_converted": _("No rate"),
        "liabilities": _("Liabilities"),
    }[case]


def event(code: str, values: Mapping[str, str]) -> str:
    """One step of an item's history."""
    texts: dict[str, Callable[[], str]] = {
        "listed": lambda: _("Put on the list, priority {priority}").format(priority=priority(values["priority"])),
        "release_proposed": lambda: _("No longer qualifies: release proposed"),
        "qualifies_again": lambda: _("Qualifies again"),
        "assigned": lambda: _("Owner {owner}, due {due}").format(
            owner=owner(values["owner"]), due=values["due"] or _("not set")
        ),
        "decided": lambda: _("Decision drafted: {action}").format(action=action(values["action"])),
        "line_decided": lambda: _("Decision drafted for line {line}: {action}").format(
            line=values["line"], action=action(values["action"])
        ),
        "commented": lambda: _("Comment: {text}").format(text=values["comment"]),
    }
    return texts[code]()


def _word(value: str, unit: str) -> str:
    if unit == "class" and value in ("pass", "special_mention", "substandard", "doubtful", "loss"):
        return loan_class(value)
    if unit == "level":
        return {"high": _("High"), "relatively_high": _("Relatively high")}.get(value, value)
    return value


def _decimals(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return min(2, max(0, -exponent)) if isinstance(exponent, int) else 0


def _need(values: Mapping[str, Any]) -> dict[str, str]:
    return {
        "waiting": number(values["waiting"]),
        "items": number(values["items"]),
        "amount": amount(values["amount"], values["currency"]),
        "overdue": number(values["overdue"]),
    }


def _need_decision(values: Mapping[str, Any]) -> str:
    return ngettext(
        "{waiting} of {items} item needs a decision; {amount}.",
        "{waiting} of {items} items need a decision; {amount}.",
        values["items"],
    ).format(**_need(values))


def _need_decision_overdue(values: Mapping[str, Any]) -> str:
    if values["overdue"] == 1:
        text = _("{waiting} of {items} items need a decision; {amount}. One is overdue.")
    else:
        text = _("{waiting} of {items} items need a decision; {amount}. {overdue} are overdue.")
    return text.format(**_need(values))


def _all_decided(values: Mapping[str, Any]) -> str:
    text = _("All {items} items have a decision; none is overdue.")
    return text.format(items=number(values["items"]))


def _all_decided_overdue(values: Mapping[str, Any]) -> str:
    return ngettext(
        "All {items} items have a decision; {overdue} is overdue.",
        "All {items} items have a decision; {overdue} are overdue.",
        values["overdue"],
    ).format(items=number(values["items"]), overdue=number(values["overdue"]))


def _lines(values: Mapping[str, Any], *, due_soon: bool) -> str:
    text = (
        ngettext(
            "{lines} line, {amount}; {due} falls due within 90 days.",
            "{lines} lines, {amount}; {due} falls due within 90 days.",
            values["lines"],
        )
        if due_soon
        else ngettext(
            "{lines} line, {amount}; nothing falls due within 90 days.",
            "{lines} lines, {amount}; nothing falls due within 90 days.",
            values["lines"],
        )
    )
    currency = values["currency"]
    return text.format(
        lines=number(values["lines"]),
        amount=amount(values["amount"], currency),
        due=amount(values["due"], currency),
    )


def _points(case: str) -> Callable[[Mapping[str, Any]], str]:
    return lambda _values: {
        "credit": _(
            "Special mention, 1\u201390 days past due or stage 2: 2 points; "
            "substandard or worse, over 90 days or stage 3: 4."
        ),
        "rating": _("At or below B+: 1 point; lowered by a notch or more since the last book: 2."),
        "limit": _(
            "Pending included: country at 90 % or more: 1 point; counterparty or group at 90 % or more: 2; breach: 3."
        ),
        "fx": _("Foreign-currency debt, local revenue and a currency alert: warning 1 point, critical 2."),
        "maturity": _("The minimum amount or more due within 30 days of the book's date: 1 point."),
        "cover": _("Eligible collateral and guarantees below 50 % of the exposure: 1 point."),
    }[case]


#: Findings and criteria of the lists.
SENTENCES: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "reviews.never_made": lambda _values: _("The lists have not been made yet."),
    "reviews.need_decision": _need_decision,
    "reviews.need_decision_overdue": _need_decision_overdue,
    "reviews.all_decided": _all_decided,
    "reviews.all_decided_overdue": _all_decided_overdue,
    "reviews.all_settled": lambda values: ngettext(
        "Nothing is open; {items} item is settled.", "Nothing is open; {items} items are settled.", values["items"]
    ).format(items=number(values["items"])),
    "reviews.none_open": lambda _values: _("Nothing is open."),
    "reviews.unassigned": lambda values: ngettext(
        "{unassigned} of {items} open items has no owner.",
        "{unassigned} of {items} open items have no owner.",
        values["unassigned"],
    ).format(unassigned=number(values["unassigned"]), items=number(values["items"])),
    "reviews.none_dated": lambda values: ngettext(
        "{items} item is open and has no due date.", "{items} items are open; none has a due date.", values["items"]
    ).format(items=number(values["items"])),
    "reviews.high_first_due": lambda values: ngettext(
        "{high} is high; the first is due on {day}.", "{high} are high; the first is due on {day}.", values["high"]
    ).format(high=number(values["high"]), day=short_day(values["first"])),
    "reviews.first_due": lambda values: _("None is high; the first is due on {day}.").format(
        day=short_day(values["first"])
    ),
    "reviews.accounted": lambda values: _("{left} of {lines} lines are left out, each for one reason.").format(
        left=number(values["left"]), lines=number(values["lines"])
    ),
    "reviews.not_accounted": lambda _values: _("The parts do not add up to the book: a fault of the program."),
    "reviews.weight": lambda values: ngettext(
        "Risk: {priority}; {points} point from {reasons} reasons.",
        "Risk: {priority}; {points} points from {reasons} reasons.",
        values["points"],
    ).format(priority=priority(values["priority"]), points=number(values["points"]), reasons=number(values["reasons"])),
    "reviews.lines": lambda values: _lines(values, due_soon=False),
    "reviews.lines_due": lambda values: _lines(values, due_soon=True),
    "l1.empty.no_flags": lambda _values: _("Nothing qualifies: no country or region is flagged."),
    "l1.empty.no_lines": lambda values: _("Nothing qualifies: the book has no live claim in {countries}.").format(
        countries=", ".join(country(code) for code in values["countries"])
    ),
    "l1.empty.all_small": lambda values: ngettext(
        "Nothing qualifies: {lines} line in flagged countries belongs to subjects below {amount}.",
        "Nothing qualifies: {lines} lines in flagged countries belong to subjects below {amount}.",
        values["lines"],
    ).format(lines=number(values["lines"]), amount=number(values["amount"])),
    "l1.universe": lambda values: _(
        "Every counterparty with a live claim, on or off the balance sheet, in an emerging market. Flagged "
        "countries and regions make items, by the immediate or the guarantor country; the rest is a summary. Emerging "
        "markets are all but the home country, international organisations and the advanced economies of {source}."
    ).format(source=values["em_source"]),
    "l1.minimum": lambda values: _(
        "Subjects below {amount} of the reporting currency are not screened and stand in one row."
    ).format(amount=number(values["amount"])),
    **{f"l1.points.{case}": _points(case) for case in ("credit", "rating", "limit", "fx", "maturity", "cover")},
    "l1.priority": lambda values: _(
        "Points are the maximum within each family, summed. High from 5, medium from 3, low from 1, otherwise minor. "
        "Due in bank business days: high {high}, medium {medium}, low {low}, minor {minor}."
    ).format(**{name: number(values[name]) for name in ("high", "medium", "low", "minor")}),
    "l1.action": lambda _values: _(
        "The first that holds: non-performing, recovery and provision; class finding, downgrade to the "
        "minimum; limit at 90 % or more, reduce the tightest to 80 %, shared in proportion to drawn; high, do not "
        "renew what falls due within 90 days; medium and uncovered, add collateral; medium, call report; low, watch; "
        "minor, keep."
    ),
    "l1.rank": lambda _values: _("Points, then exposure. Items without an owner are shown first."),
}

REFUSALS: dict[str, Callable[[Mapping[str, Any]], tuple[str, str]]] = {
    "reviews.no_book": lambda _values: (
        _("There is no book to make the lists from."),
        _("Import one first: book import FILE --reporting-date DATE."),
    ),
    "reviews.never_made": lambda _values: (
        _("The lists have not been made yet."),
        _("Make them first: reviews generate."),
    ),
    "reviews.no_such_item": lambda values: (
        _("There is no item {item}.").format(item=values["item"]),
        _("See reviews list for the ids."),
    ),
    "reviews.no_such_line": lambda values: (
        _("Item {item} has no line {line}.").format(item=values["item"], line=values["line"]),
        _("Choose one of the lines beneath the item."),
    ),
    "reviews.settled": lambda values: (
        _("Item {item} is settled ({status}).").format(item=values["item"], status=status(values["status"])),
        _("A settled item is not changed; it comes back with the country's next episode."),
    ),
    "reviews.keep_needs_reason": lambda _values: (
        _("Keep is a decision and needs a reason."),
        _("Say in the comment why nothing is to be done."),
    ),
    "reviews.negative_target": lambda values: (
        _("The target {target} is negative.").format(target=number(values["target"], 2)),
        _("Give the amount by which the exposure is to fall, without a sign."),
    ),
    "reviews.cannot_write": lambda values: (
        _("The file {file} cannot be written: {detail}.").format(file=values["file"], detail=values["detail"]),
        _("Close it if it is open elsewhere, or choose another place."),
    ),
}


def made_on(making_day: Any, version: str, file: str) -> str:
    """Which book a list was made on."""
    return _("Book {version} of {date}, {file}").format(version=version, date=day(making_day), file=file)
