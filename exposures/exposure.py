"""The nouns of the book: one line of exposure and the fields it may carry (AnaCredit and EBA terms)."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """How a field's cell is read and stored."""

    TEXT = "text"
    MONEY = "money"  # int64 in the line's currency's minor unit
    DATE = "date"
    COUNTRY = "country"  # ISO 3166 alpha-2, or a declared area
    CURRENCY = "currency"  # ISO 4217
    INTEGER = "integer"
    NUMBER = "number"  # a ratio or a percent, a float
    FLAG = "flag"
    CODE = "code"  # one of `Field.codes`


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a line: its name is stable, stored and exported; it is never translated."""

    name: str
    kind: Kind
    codes: tuple[str, ...] = ()


SIDES = ("asset", "liability")
STAGES = (
    "in_approval",
    "approved",
    "signed",
    "effective",
    "disbursing",
    "repaying",
    "repaid",
    "cancelled",
    "transferred",
    "planned",
)
CLASSES = ("pass", "special_mention", "substandard", "doubtful", "loss")  # 正常 关注 次级 可疑 损失
INSTRUMENTS = (
    "loan",
    "trade_finance",
    "bond",
    "placement",
    "repo",
    "derivative",
    "guarantee",
    "commitment",
    "deposit",
    "borrowing",
    "project",
    "other",
)
SECTORS = (
    "sovereign",
    "central_bank",
    "bank",
    "financial",
    "corporate",
    "public",
    "household",
    "international",
    "other",
)
UNDRAWN_KINDS = ("cancellable", "draw_stop", "committed")
ENTITY_KINDS = ("head_office", "branch", "subsidiary")
COLLATERAL_KINDS = ("cash", "securities", "property", "other")

#: Every field a line can carry, in the order in which books are shown and exported.
FIELDS: tuple[Field, ...] = (
    Field("line_id", Kind.TEXT),  # instrument identifier; unique in a book
    Field("side", Kind.CODE, SIDES),
    Field("counterparty_id", Kind.TEXT),
    Field("counterparty_name", Kind.TEXT),
    Field("group_id", Kind.TEXT),  # connected group
    Field("parent_id", Kind.TEXT),  # immediate parent, by its counterparty number
    Field("sector", Kind.CODE, SECTORS),
    Field("lei", Kind.TEXT),
    Field("country", Kind.COUNTRY),  # immediate: residence of who owes
    Field("head_office_country", Kind.COUNTRY),  # of a legally dependent branch
    Field("dependent_branch", Kind.FLAG),
    Field("risk_country", Kind.COUNTRY),  # override
    Field("risk_country_reason", Kind.TEXT),
    Field("booking_entity", Kind.TEXT),
    Field("booking_entity_kind", Kind.CODE, ENTITY_KINDS),
    Field("instrument", Kind.CODE, INSTRUMENTS),
    Field("product", Kind.TEXT),  # the bank's own name of it
    Field("currency", Kind.CURRENCY),
    Field("outstanding", Kind.MONEY),  # drawn principal, before impairment
    Field("accrued_interest", Kind.MONEY),
    Field("undrawn", Kind.MONEY),
    Field("contingent", Kind.MONEY),  # guarantees and letters of credit issued
    Field("market_exposure", Kind.MONEY),  # derivatives and repo
    Field("pending", Kind.MONEY),  # in approval, or approved and not signed
    Field("impairment", Kind.MONEY),  # accumulated, as a positive amount
    Field("income", Kind.MONEY),  # interest and fees of the last twelve months
    Field("undrawn_kind", Kind.CODE, UNDRAWN_KINDS),
    Field("stage", Kind.CODE, STAGES),
    Field("revolving", Kind.FLAG),
    Field("replaces_line_id", Kind.TEXT),  # of a renewal: the line that it takes the place of
    Field("signing_date", Kind.DATE),
    Field("available_from", Kind.DATE),  # from which the facility can be used
    Field("maturity", Kind.DATE),
    Field("instalment_amount", Kind.MONEY),  # principal of each regular payment; the rest is due at maturity
    Field("instalment_months", Kind.INTEGER),  # from one payment to the next
    Field("next_instalment", Kind.DATE),
    Field("repricing_date", Kind.DATE),  # when the interest rate is next set
    Field("netting_set", Kind.TEXT),
    Field("netting_enforceable", Kind.FLAG),
    Field("notional", Kind.MONEY),  # of a derivative
    Field("forward_bought", Kind.MONEY),  # of the line's currency; the other currency is a line of its own
    Field("forward_sold", Kind.MONEY),
    Field("settlement_amount", Kind.MONEY),  # what the bank pays out, in the line's currency
    Field("settlement_date", Kind.DATE),
    Field("settlement_currency", Kind.CURRENCY),  # in which it is paid, where that is another
    Field("payment_versus_payment", Kind.FLAG),
    Field("guarantor_id", Kind.TEXT),
    Field("guarantor_name", Kind.TEXT),
    Field("guarantor_country", Kind.COUNTRY),
    Field("guarantee_percent", Kind.NUMBER),
    Field("guarantee_cap", Kind.MONEY),
    Field("guarantee_explicit", Kind.FLAG),
    Field("guarantee_irrevocable", Kind.FLAG),
    Field("guarantee_unconditional", Kind.FLAG),
    Field("guarantee_in_force", Kind.FLAG),
    Field("guarantee_covers_undrawn", Kind.FLAG),
    Field("guarantee_end", Kind.DATE),
    Field("collateral_kind", Kind.CODE, COLLATERAL_KINDS),
    Field("collateral_value", Kind.MONEY),
    Field("collateral_country", Kind.COUNTRY),
    Field("rating", Kind.TEXT),
    Field("pd", Kind.NUMBER),  # probability of default within a year, 0 to 1
    Field("lgd", Kind.NUMBER),  # loss given default, 0 to 1
    Field("loan_class", Kind.CODE, CLASSES),  # five-category class
    Field("days_past_due", Kind.INTEGER),
    Field("ifrs_stage", Kind.INTEGER),
    Field("dscr", Kind.NUMBER),
    Field("hard_currency_share", Kind.NUMBER),  # of the debtor's revenue, hedged revenue included, 0 to 1
    Field("local_revenue", Kind.FLAG),
    Field("next_review", Kind.DATE),
    Field("relationship_owner", Kind.TEXT),
    Field("remark", Kind.TEXT),
)

FIELD = {field.name: field for field in FIELDS}
MONEY_FIELDS = tuple(field.name for field in FIELDS if field.kind is Kind.MONEY)
#: Where each line stood in the file it came from.
SOURCE_COLUMNS = ("source_sheet", "source_row")
