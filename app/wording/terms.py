"""Codes of the book as words: countries and regions, instruments, fields, classes, states of limits."""

from babel import Locale

from app.i18n import gettext as _
from app.i18n import language, pgettext
from exposures.countries import NO_COUNTRY


def country(code: str | None) -> str:
    """The name of a country or region; the code itself where there is none (an area that the bank declared)."""
    if code is None or code == NO_COUNTRY:
        return _("Not known")
    match code:
        case "TW":
            return _("Taiwan, China")
        case "HK":
            return _("Hong Kong, China")
        case "MO":
            return _("Macao, China")
        case "XM":
            return _("International organisation")
        case "TR" if language() == "en":
            return "Turkey"
    return str(Locale.parse(language()).territories.get(code, code))


def instrument(code: str) -> str:
    """An instrument, or the matrix columns "undrawn" and "pending", as a column heading."""
    return {
        "loan": _("Loans"),
        "trade_finance": _("Trade finance"),
        "bond": _("Bonds"),
        "placement": _("Placements"),
        "repo": _("Repos"),
        "derivative": _("Derivatives"),
        "guarantee": _("Guarantees"),
        "commitment": _("Commitments"),
        "deposit": _("Deposits"),
        "borrowing": _("Borrowings"),
        "project": _("Projects"),
        "other": pgettext("instrument", "Other"),
        "undrawn": _("Undrawn"),
        "pending": _("Pending approval"),
    }[code]


def loan_class(code: str | None) -> str:
    """The five-category class of a loan; empty where it is missing."""
    return {
        "pass": pgettext("loan class", "Pass"),
        "special_mention": _("Special mention"),
        "substandard": _("Substandard"),
        "doubtful": _("Doubtful"),
        "loss": _("Loss"),
    }.get(code or "", "")


def field(name: str) -> str:
    """A field of a line, as it is called on the import page and in lists."""
    return {
        "line_id": _("Line number"),
        "side": _("Asset or liability"),
        "counterparty_id": _("Counterparty number"),
        "counterparty_name": _("Counterparty"),
        "group_id": _("Connected group"),
        "parent_id": _("Number of parent"),
        "sector": _("Sector"),
        "lei": _("LEI"),
        "country": _("Country, immediate"),
        "head_office_country": _("Country of head office"),
        "dependent_branch": _("Dependent branch"),
        "risk_country": _("Country of risk"),
        "risk_country_reason": _("Reason for country of risk"),
        "booking_entity": _("Booked in"),
        "booking_entity_kind": _("Kind of booking entity"),
        "instrument": _("Instrument"),
        "product": _("Product"),
        "currency": _("Currency"),
        "outstanding": _("Outstanding"),
        "accrued_interest": _("Accrued interest"),
        "undrawn": _("Undrawn"),
        "contingent": _("Contingent"),
        "market_exposure": _("Market exposure"),
        "pending": _("Pending approval"),
        "impairment": _("Impairment"),
        "income": _("Income of 12 months"),
        "undrawn_kind": _("Kind of commitment"),
        "stage": _("Stage"),
        "revolving": _("Revolving"),
        "replaces_line_id": _("Replaces line"),
        "signing_date": _("Signed on"),
        "available_from": _("Available from"),
        "maturity": _("Matures"),
        "instalment_amount": _("Instalment"),
        "instalment_months": _("Months between instalments"),
        "next_instalment": _("Next instalment"),
        "repricing_date": _("Repriced on"),
        "netting_set": _("Netting set"),
        "netting_enforceable": _("Netting enforceable"),
        "notional": _("Notional"),
        "forward_bought": _("Bought forward"),
        "forward_sold": _("Sold forward"),
        "settlement_amount": _("Paid at settlement"),
        "settlement_date": _("Settles on"),
        "settlement_currency": _("Settled in"),
        "payment_versus_payment": _("Payment versus payment"),
        "guarantor_id": _("Guarantor number"),
        "guarantor_name": _("Guarantor"),
        "guarantor_country": _("Country of guarantor"),
        "guarantee_percent": _("Guaranteed share"),
        "guarantee_cap": _("Guarantee cap"),
        "guarantee_explicit": _("Guarantee explicit"),
        "guarantee_irrevocable": _("Guarantee irrevocable"),
        "guarantee_unconditional": _("Guarantee unconditional"),
        "guarantee_in_force": _("Guarantee in force"),
        "guarantee_covers_undrawn": _("Guarantee covers undrawn"),
        "guarantee_end": _("Guarantee ends"),
        "collateral_kind": _("Kind of collateral"),
        "collateral_value": _("Collateral value"),
        "collateral_country": _("Country of collateral"),
        "rating": _("Grade"),
        "pd": _("Probability of default"),
        "lgd": _("Loss given default"),
        "loan_class": _("Five-category class"),
        "days_past_due": _("Days past due"),
        "ifrs_stage": _("IFRS 9 stage"),
        "dscr": _("Debt service coverage"),
        "hard_currency_share": _("Hard-currency revenue"),
        "local_revenue": _("Local revenue"),
        "next_review": _("Next review"),
        "relationship_owner": _("Relationship owner"),
        "remark": _("Remark"),
    }[name]


def column(name: str) -> str:
    """What an issue of an import is about: a field of a line, or a column of a sheet of limits or rates."""
    return {
        "amount": _("Limit"),
        "key": _("Whose limit"),
        "scope": _("Kind of limit"),
        "valid_from": _("Valid from"),
        "valid_to": _("Valid until"),
        "source": _("Source"),
        "owner": _("Owner"),
        "basis": _("Basis"),
        "measure": _("Measure"),
        "tenor": _("Tenor"),
        "group": _("Connected group"),
        "counterparty": _("Counterparty"),
        "per_usd": _("Units for one US dollar"),
        "date": _("Date"),
    }.get(name) or field(name)


def limit_state(state: str) -> tuple[str, str]:
    """The severity in whose shape a limit's state is drawn, and its word."""
    return {
        "normal": ("ok", _("Normal")),
        "warning": ("warning", _("Warning")),
        "critical": ("critical", _("Critical")),
        "expected_breach": ("critical", _("Expected breach")),
        "breach": ("critical", _("Breach")),
        "no_limit": ("nodata", _("No limit")),
        "not_comparable": ("nodata", _("No rate")),
    }[state]


def stage(code: str) -> str:
    """Where a facility stands."""
    return {
        "in_approval": _("in approval"),
        "approved": _("approved, not signed"),
        "signed": _("signed"),
        "effective": _("effective"),
        "disbursing": _("disbursing"),
        "repaying": _("repaying"),
        "repaid": _("repaid"),
        "cancelled": _("cancelled"),
        "transferred": _("transferred"),
        "planned": _("planned"),
    }.get(code, code)
