"""A sheet of limits beside the lines: one limit a row, its scope said or told by which column names its subject."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from exposures import columns, conventions, countries, currencies, headers, synonyms, units
from exposures.book import Basis, Measure
from exposures.cells import Cells
from exposures.columns import text_of
from exposures.exposure import FIELD
from exposures.issues import Issue, Rule, Severity
from exposures.limits import Limit, Scope
from exposures.spelling import letters

_HEADERS: Mapping[str, str] = {
    "scope": "scope|limit type|limit scope|type|限额类型|限额种类|限额维度|维度|类型|限額類型",
    "key": "key|limit of|subject|limit subject|name of limit|限额对象|对象|限額對象",
    "amount": "limit|limit amount|amount|限额|限额金额|额度|额度金额|限額|限額金額",
    "currency": "currency|ccy|limit currency|币种|限额币种|货币|幣種",
    "valid_from": "valid from|from|effective date|start date|生效日|生效日期|起始日|有效期起|起始日期",
    "valid_to": "valid to|until|expiry|expiry date|review date|end date|到期日|失效日期|有效期至|有效期止|复审日"
    "|复审日期|到期日期",
    "source": "source|approval|approved by|decision|limit source|来源|批准文号|批复文号|审批文号|依据|來源",
    "owner": "owner|limit owner|responsible|责任部门|主责部门|归口部门|责任人|責任部門",
    "basis": "basis|risk basis|口径|风险口径|口徑",
    "measure": "measure|measured on|计量口径|统计口径",
    "tenor": "tenor|years|tenor years|期限|期限(年)|年限",
    "country": "country|country or region|country code|国别|国家|国家或地区|國別|国家/地区",
    "group": "group|group id|connected group|集团|集团客户|集团编号|集團",
    "counterparty": "counterparty id|counterparty|customer id|customer no|客户编号|客户号|交易对手编号|客戶編號",
    "sector": "sector|部门|行业部门|客户类型|機構類型",
    "product": "product|instrument|产品|业务品种|业务种类|產品",
    "rating": "rating|grade|internal rating|评级|内部评级|評級",
}  # fmt: skip
_SCOPES: Mapping[Scope, str] = {
    Scope.COUNTRY: "country|country limit|country or region|国别|国家|国别限额|國別",
    Scope.GROUP: "group|connected group|group limit|集团|集团客户|集团限额|集團",
    Scope.COUNTERPARTY: "counterparty|customer|single name|obligor|client|客户|单一客户|交易对手|客户限额|客戶",
    Scope.SECTOR: "sector|industry|部门|行业|行业限额|行業",
    Scope.PRODUCT: "product|instrument|产品|业务品种|产品限额|產品",
    Scope.RATING: "rating|internal rating|grade|评级|内部评级|评级限额|評級",
    Scope.TENOR: "tenor|maturity|期限|期限限额",
}
_BASES = {"immediate": Basis.IMMEDIATE, "直接": Basis.IMMEDIATE, "直接对手方": Basis.IMMEDIATE,
          "guarantor": Basis.GUARANTOR, "ultimate": Basis.GUARANTOR, "最终风险": Basis.GUARANTOR,
          "担保人": Basis.GUARANTOR, "最终": Basis.GUARANTOR}  # fmt: skip
_MEASURES = {"drawn": Measure.DRAWN, "余额": Measure.DRAWN, "drawn and undrawn": Measure.DRAWN_UNDRAWN,
             "drawnundrawn": Measure.DRAWN_UNDRAWN, "敞口": Measure.DRAWN_UNDRAWN}  # fmt: skip
_BRACKET = re.compile(r"[(\[【（]([^()\[\]【】（）]*)[)\]】）]")
#: Every header that such a sheet may have, by which its row of headers is found.
WANTED = tuple(word for words in _HEADERS.values() for word in words.split("|"))
_SUBJECTS = tuple(scope.value for scope in Scope)


@dataclass(frozen=True, slots=True)
class LimitRow:
    """One limit of the sheet and the cell of its amount."""

    limit: Limit
    cell: str


class _Unreadable(Exception):
    """A cell that says nothing usable: its name in `_HEADERS`, and what may have been meant."""

    def __init__(self, name: str, suggestion: str = "") -> None:
        super().__init__(name)
        self.name, self.suggestion = name, suggestion


def read_limits(table: Cells, currency: str | None = None) -> tuple[tuple[LimitRow, ...], tuple[Issue, ...]]:
    """Every limit of the sheet, and what could not be read: such a row sets no limit.

    `currency` counts where the sheet names none. A country's limit has the guarantor basis, any other the immediate.
    """
    where, factor, declared = _columns(table)
    if "amount" not in where or not {*_SUBJECTS, "key"} & where.keys():
        missing = "amount" if "amount" not in where else "key"
        return (), (Issue(table.sheet, "", Rule.LIMIT_COLUMN_MISSING, Severity.WARNING, field=missing),)
    reading = _Row(table, where, factor, declared or currency)
    rows: list[LimitRow] = []
    issues: list[Issue] = []
    seen: dict[tuple[Scope, str, str], str] = {}
    for index in range(table.count):
        cell = table.address(index, where["amount"])
        if table.columns[where["amount"]][index] is None and not reading.texts(index):
            continue
        try:
            limit = reading.limit(index)
        except _Unreadable as fault:
            place = where.get(fault.name, where["amount"])
            raw = text_of(table.columns[place][index])
            issues.append(Issue(table.sheet, table.address(index, place), Rule.LIMIT_UNREADABLE, Severity.WARNING, raw,
                                fault.name, fault.suggestion))  # fmt: skip
            continue
        if limit.subject in seen:
            said = {"first": seen[limit.subject]}
            issues.append(Issue(table.sheet, cell, Rule.LIMIT_REPEATED, Severity.WARNING, limit.key, values=said))
            continue
        seen[limit.subject] = cell
        rows.append(LimitRow(limit, cell))
    return tuple(rows), tuple(issues)


def orphans(rows: Sequence[LimitRow], sheet: str, counterparties: set[str], groups: set[str]) -> tuple[Issue, ...]:
    """Limits of counterparties and groups that no line of the book has."""
    known = {Scope.COUNTERPARTY: counterparties, Scope.GROUP: groups}
    return tuple(
        Issue(sheet, row.cell, Rule.LIMIT_WITHOUT_LINES, Severity.WARNING, row.limit.key, row.limit.scope.value)
        for row in rows
        if row.limit.scope in known and row.limit.key not in known[row.limit.scope]
    )


def _columns(table: Cells) -> tuple[dict[str, int], Decimal, str | None]:
    """Where each column stands, and the unit and currency that the amount's header or the title block names."""
    named = {letters(word): name for name, words in _HEADERS.items() for word in (*words.split("|"), name)}
    where: dict[str, int] = {}
    title = units.of_titles(table.titles)
    factor, currency = title.factor, title.currency
    for place, header in enumerate(table.headers):
        name = named.get(letters(header)) or named.get(letters(headers.without_brackets(header)))
        if name is None or name in where:
            continue
        where[name] = place
        for bracket in _BRACKET.findall(header) if name == "amount" else ():
            unit, code = units.unit_of(bracket)
            factor, currency = unit or factor, code or currency
    return where, factor or Decimal(1), currency


class _Row:
    """Reads the rows of one table."""

    def __init__(self, table: Cells, where: Mapping[str, int], factor: Decimal, currency: str | None) -> None:
        self._table, self._where, self._factor, self._currency = table, where, factor, currency
        self._dates = {
            name: columns.reader(
                FIELD["maturity"], {}, str(conventions.day_order(table.columns[where[name]]) or ""), table.decimal_mark
            )
            for name in ("valid_from", "valid_to")
            if name in where
        }

    def texts(self, index: int) -> dict[str, str]:
        """What names the subject of a row, by scope."""
        return {name: text for name in _SUBJECTS if (text := self._text(index, name))}

    def limit(self, index: int) -> Limit:
        scope, key, within = self._subject(index)
        number = columns.number_reader(self._table.decimal_mark)(self._raw(index, "amount"))[0]
        code = self._text(index, "currency")
        currency = currencies.resolve(code)[0] if code else self._currency
        if currency is None:
            raise _Unreadable("currency", currencies.suggest(code) if code else "")
        if number is None or number < 0:
            raise _Unreadable("amount")
        minor = (number * self._factor).scaleb(currencies.minor_units(currency))
        if minor != minor.to_integral_value() or minor >= 2**63:
            raise _Unreadable("amount")
        usual = Basis.GUARANTOR if scope is Scope.COUNTRY else Basis.IMMEDIATE
        return Limit(
            key,
            currencies.from_minor(int(minor), currency),
            currency,
            self._word(index, "basis", _BASES, usual),
            self._word(index, "measure", _MEASURES, Measure.DRAWN_UNDRAWN),
            scope,
            within,
            self._date(index, "valid_from"),
            self._date(index, "valid_to"),
            self._text(index, "owner"),
            self._text(index, "source"),
        )

    def _subject(self, index: int) -> tuple[Scope, str, str]:
        texts = self.texts(index)
        said, key = self._text(index, "scope"), self._text(index, "key")
        if said:
            known = {letters(word): one for one, words in _SCOPES.items() for word in (*words.split("|"), one.value)}
            scope = known.get(letters(said))
            if scope is None:
                raise _Unreadable("scope")
            key = key or texts.get(scope.value, "")
        else:
            others = [Scope(name) for name in texts if name != "country"]
            if len(others) > 1 or (not texts and not key):
                raise _Unreadable("key")
            scope = others[0] if others else Scope.COUNTRY
            key = texts.get(scope.value, "") or key
        if not key:
            raise _Unreadable("key")
        within = self._country(texts["country"]) if scope is not Scope.COUNTRY and "country" in texts else ""
        return scope, self._key(scope, key), within

    def _key(self, scope: Scope, key: str) -> str:
        if scope is Scope.COUNTRY:
            return self._country(key)
        if scope is Scope.SECTOR:
            code = synonyms.code_words("sector").get(letters(key))
            if code is None:
                raise _Unreadable("sector")
            return code
        if scope is Scope.PRODUCT:
            return synonyms.code_words("instrument").get(letters(key), key)
        if scope is Scope.TENOR:
            years = columns.number_reader(self._table.decimal_mark)(key.rstrip("年y "))[0]
            if years is None or not 0 < years <= 100:
                raise _Unreadable("tenor")
            return format(years.normalize(), "f")
        return key

    def _country(self, text: str) -> str:
        code = countries.resolve(text, {}, {})
        if code is None:
            raise _Unreadable("country", countries.suggest(text) or "")
        return code

    def _raw(self, index: int, name: str) -> Any:
        return self._table.columns[self._where[name]][index] if name in self._where else None

    def _text(self, index: int, name: str) -> str:
        return text_of(self._raw(index, name))

    def _date(self, index: int, name: str) -> date | None:
        raw = self._raw(index, name)
        if raw is None:
            return None
        parse: Callable[[Any], columns.Outcome] = self._dates[name]
        value: date | None = parse(raw)[0]
        if value is None:
            raise _Unreadable(name)
        return value

    def _word(self, index: int, name: str, known: Mapping[str, Any], usual: Any) -> Any:
        text = self._text(index, name)
        if not text:
            return usual
        found = {letters(word): value for word, value in known.items()}.get(letters(text))
        if found is None:
            raise _Unreadable(name)
        return found
