"""The words of what stands behind a review item: reasons, their figures and sources, and what could not be judged."""

from datetime import date
from decimal import Decimal
from typing import Protocol

from app.i18n import gettext as _
from app.i18n import ngettext
from app.wording import (
    bank_soundness,
    client_notices,
    counterparty_risk,
    debt_contagion,
    institution_notices,
    lending_restraint,
    overseas_layout,
    project_approval,
    readings,
)
from app.wording.formats import day, money, number, percent
from app.wording.terms import country, loan_class
from exposures.reason import Reason, Value


class ListWords(Protocol):
    """The words that a list brings of its own, by code."""

    def facts(self) -> dict[str, str]:
        """The figures of an item."""
        ...

    def reasons(self) -> dict[str, str]:
        """What a reason is about."""
        ...

    def briefs(self) -> dict[str, str]:
        """A reason in two or three words with its {value}."""
        ...

    def families(self) -> dict[str, str]:
        """Families of reasons."""
        ...

    def missing(self) -> dict[str, str]:
        """What could not be judged; {grade} is the value that belongs to it."""
        ...


OWN_WORDS: tuple[ListWords, ...] = (
    *(overseas_layout, lending_restraint, project_approval, institution_notices, client_notices),
    *(bank_soundness, debt_contagion, counterparty_risk),
)


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
        case "by_hand":
            return _("By hand: {text}").format(text=given.labels.get("text", ""))
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
        "finding_below_level": _("Class better than the country-risk level allows"),
        "finding_across_banks": _("Class better than the debtor's debt across banks allows"),
        "finding_stage_1_late": _("Stage 1 and over 30 days past due"),
        "finding_not_stage_3_late": _("Not stage 3 and over 90 days past due"),
        "finding_not_stage_3_class": _("Not stage 3 and non-performing"),
        "finding_stage_3_pass": _("Stage 3 and class pass"),
        "rating": _("Rating"),
        "rating_down": _("Rating lowered since the last book"),
        "due_30": _("Due in 30 days"),
        "cover": _("Eligible cover of the exposure"),
        "above_target": _("Exposure above its target"),
        "funding_share": _("Share of all liabilities"),
        "net_position": _("Net position at the horizon"),
        **{code: word for words in OWN_WORDS for code, word in words.reasons().items()},
    }[given.metric].format(subject=debt_contagion.place(subject))


def brief(given: Reason, currency: str) -> str:
    """A reason in two or three words with its figure, for the second line of a cell."""
    value = figure(given.value, given.unit, currency)
    match given.metric:
        case "policy_list":
            text = _("Policy list")
        case "by_hand":
            text = _("By hand")
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
        case "above_target":
            text = _("Exposure {value}")
        case "funding_share":
            text = _("Funding {value} of liabilities")
        case "net_position":
            text = _("Net position {value}")
        case "class":
            return value
        case _:
            own = {code: word for words in OWN_WORDS for code, word in words.briefs().items()}
            text = own.get(given.metric) or _("Class finding")
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
        case "years":
            return ngettext("{n} year", "{n} years", int(value)).format(n=number(value, 1))
        case "" | "code":
            return number(value, _decimals(value))
    return readings.amount(float(value), unit)  # what a rule reads, in the words of its alert


def source(given: Reason, book_source: str) -> str:
    """Where a reason can be looked up: the book, an alert, or the bank's policy list."""
    if given.family == "soundness":
        return given.source
    if given.metric == "by_hand":
        return _("{source}; {who}, confirmed by {checker}, until {until}").format(
            source=given.source,
            who=given.labels["who"],
            checker=given.labels["checker"],
            until=day(date.fromisoformat(given.labels["until"])),
        )
    if given.source == "policy list":
        return _("Policy list")
    if given.source.startswith("v") and given.source[1:].isdecimal():
        return _("Book {version}, {file}").format(version=given.source, file=book_source)
    if given.metric == "country_score":
        return _("Score of the country's page")
    if given.metric == "country_level":
        return _("Approved by {who}").format(who=given.source)
    return _("Alert {alert}").format(alert=given.source)


def family(code: str) -> str:
    """A family of reasons."""
    return {
        "country": _("Country"),
        "hand": _("By hand"),
        "credit": _("Credit"),
        "finding": _("Class finding"),
        "rating": _("Rating"),
        "limit": _("Limit"),
        "fx": _("Currency"),
        "maturity": _("Maturity"),
        "cover": _("Cover"),
        "tide": _("Dollar tide"),
        "funding": _("Funding"),
        "currency": _("Net position"),
        **{name: word for words in OWN_WORDS for name, word in words.families().items()},
    }[code]


def why_not_assessable(code: str, value: str) -> str:
    """Why a family of reasons could not be judged for a subject."""
    return {
        "no_class_days_stage": _("The book gives no class, days past due or stage."),
        "no_country_level": _("No level of country risk is approved, so no class is checked against it."),
        "unrated": _("The book gives no rating."),
        "unmapped": _("The grade {grade} is not on the rating scale."),
        "local_revenue_unknown": _("The book does not say whether the revenue is local."),
        "undated": _("The book gives no maturity."),
        "no_cover_fields": _("The book has no collateral or guarantee columns."),
        "guarantee_terms_missing": _(
            "A guarantor is named, but the book does not say that the guarantee is explicit, irrevocable, "
            "unconditional and in force; it counts as no cover."
        ),
        "no_limit": _("No target can be computed: set a limit for this country or region (limits set)."),
        "liabilities_not_supplied": _("Liabilities are not supplied: the book has none."),
        "tolerance_blank": _("The net position cannot be judged: set the currency tolerance."),
        **{name: word for words in OWN_WORDS for name, word in words.missing().items()},
    }[code].format(grade=value)


def _word(value: str, unit: str) -> str:
    if unit == "text":
        return "\u2013"
    if unit == "class" and value in ("pass", "special_mention", "substandard", "doubtful", "loss"):
        return loan_class(value)
    if unit == "date":
        return day(date.fromisoformat(value))
    if unit == "project_stage":
        return project_approval.stage(value)
    if unit == "soundness":
        return bank_soundness.state(value)
    if unit == "level":
        return {"high": _("High"), "relatively_high": _("Relatively high")}.get(value, value)
    return value


def _decimals(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return min(2, max(0, -exponent)) if isinstance(exponent, int) else 0
