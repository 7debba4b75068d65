"""Country-risk reserves and stress in words."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from app.i18n import gettext as _
from app.i18n import ngettext, pgettext
from app.wording import countries, terms
from app.wording.formats import currency, money, number, percent
from exposures.scenario import Scenario
from exposures.stress import StressResult
from exposures.stress_lines import StressedLine

Values = Mapping[str, Any]


def missing_setting(code: str) -> str:
    """What a reserve lacks, and how it is set."""
    return {
        "level": _("country-risk level"),
        "ratio": _("reserve ratio of the level"),
        "held": _("reserve held"),
    }[code]


def assumed(code: str) -> str:
    """What was assumed of a borrower for want of data."""
    return {
        "dscr": _("debt-service cover unknown"),
        "hard_currency_share": _("hard-currency share unknown, taken as none"),
    }[code]


def assumptions(scenario: Scenario) -> tuple[tuple[str, str], ...]:
    """A scenario as rows of what and how much."""
    rows = [
        (_("{currency} loses").format(currency=currency(code)), percent(lost))
        for code, lost in scenario.value_loss.items()
    ]
    rows += [
        (
            _("Ratings in {country}").format(country=terms.country(code)),
            ngettext("{n} notch down", "{n} notches down", steps).format(n=number(steps)),
        )
        for code, steps in scenario.notches.items()
    ]
    rows += [
        (_("Collateral in {country} loses").format(country=terms.country(code)), percent(lost))
        for code, lost in scenario.collateral_loss.items()
    ]
    rows += [
        (_("Level of {country}").format(country=terms.country(code)), countries.level(level))
        for code, level in scenario.levels.items()
    ]
    if scenario.stopped:
        stop = scenario.roll_over
        rows += [
            (_("Roll-over stops in"), _(", ").join(map(terms.country, scenario.stopped))),
            (pgettext("how long", "For"), ngettext("{n} day", "{n} days", stop.days).format(n=number(stop.days))),
            (_("Maturing claims not repaid"), percent(stop.not_repaid, 0)),
            (_("Funding not rolled"), percent(stop.not_rolled, 0)),
            (_("Commitments drawn"), percent(stop.drawn, 0)),
        ]
    return tuple(rows)


def line_note(line: StressedLine) -> str:
    """What the program proposes for a claim's class, and what was assumed of it."""
    said = []
    if line.class_floor is not None:
        said.append(_("at least {loan_class}").format(loan_class=terms.loan_class(line.class_floor).lower()))
    said += [assumed(code) for code in line.assumed]
    return _("; ").join(said)


def notes(result: StressResult) -> tuple[str, ...]:
    """What the result leaves out or had to assume."""
    found = [_("Nothing is written to the book.")]
    guessed = sum(bool(line.assumed) for line in result.lines)
    if guessed:
        found.append(
            ngettext(
                "{n} borrower's cover or hedge is unknown and was assumed.",
                "The cover or hedge of {n} borrowers is unknown and was assumed.",
                guessed,
            ).format(n=number(guessed))
        )
    if result.unpriced:
        found.append(
            ngettext(
                "{n} line has no expected loss: rating, collateral, PD scale or LGD floor is missing.",
                "{n} lines have no expected loss: rating, collateral, PD scale or LGD floor is missing.",
                result.unpriced,
            ).format(n=number(result.unpriced))
        )
    if result.currency_result is None:
        found.append(_("Liabilities not supplied: neither the currency result nor a roll-over stop can be told."))
    if result.not_converted:
        found.append(
            ngettext(
                "{n} line has no exchange rate and is not in the figures.",
                "{n} lines have no exchange rate and are not in the figures.",
                result.not_converted,
            ).format(n=number(result.not_converted))
        )
    flattered = [terms.country(one.country) for one in result.countries if one.flattered]
    if flattered:
        found.append(
            _("Use of the limit of {countries} is lower only because a currency fell; the risk is not.").format(
                countries=_(", ").join(flattered)
            )
        )
    return tuple(found)


def problem(code: str, place: str) -> str:
    """What is wrong with a scenario file."""
    return {
        "syntax": _("it is not valid TOML: {place}"),
        "missing": _("{place} is missing"),
        "unknown_key": _("{place} is no part of a scenario"),
        "not_a_table": _("{place} must be a table of codes and figures"),
        "not_a_list": _("{place} must be a list of countries or regions"),
        "not_a_percent": _("{place} must be a percent from 0 to 100, and a currency cannot lose everything"),
        "not_whole": _("{place} must be a whole number that is not negative, days 366 at most"),
        "unknown_country": _("{place} is no country or region"),
        "unknown_currency": _("{place} is no currency"),
        "unknown_level": _("{place} must be low, relatively_low, medium, relatively_high or high"),
    }[code].format(place=place)


def _named(codes: tuple[str, ...]) -> str:
    return _(", ").join(map(terms.country, codes))


def _breaches(v: Values) -> str:
    return ngettext(
        "The limit of {countries} would be breached.",
        "The limits of {countries} would be breached.",
        len(v["countries"]),
    ).format(countries=_named(v["countries"]))


def _reserves(v: Values) -> str:
    if not v["gap_before"]:
        return _("{gap} of country-risk reserves would be missing; none is today.").format(
            gap=money(v["gap"], v["currency"])
        )
    return _("{gap} of country-risk reserves would be missing, {before} is today.").format(
        gap=money(v["gap"], v["currency"]), before=money(v["gap_before"], v["currency"])
    )


def _liquidity(v: Values) -> str:
    return _("{short} would be short if roll-over stops in {country}.").format(
        short=money(v["short"], v["currency"]), country=terms.country(v["country"])
    )


def _classes(v: Values) -> str:
    return ngettext(
        "{lines} claim would need a worse class; no limit breaks.",
        "{lines} claims would need a worse class; no limit breaks.",
        v["lines"],
    ).format(lines=number(v["lines"]))


def _flattered(v: Values) -> str:
    return _("The limit use of {countries} falls, only because a currency fell: the risk does not.").format(
        countries=_named(v["countries"])
    )


def _risk_values(v: Values) -> dict[str, str]:
    return {
        "gap": money(v["gap"], v["currency"]) if "gap" in v else "",
        "country": terms.country(v["country"]) if "country" in v else "",
        "widest": money(v["widest"], v["currency"]) if "widest" in v else "",
        "lacking": number(v["lacking"]),
        "countries": number(v["countries"]),
        "missing": _(", ").join(map(missing_setting, v["missing"])),
    }


def _risk(text: str, v: Values) -> str:
    return text.format(**_risk_values(v))


def _mild(v: Values) -> str:
    change: Decimal = v["change"]
    if not change:
        return _("No limit breaks, no reserve is short, and no class is called into question.")
    return _(
        "The book would be {change} smaller in dollars; no limit breaks and no class is called into question."
    ).format(change=money(-change, v["currency"]))


def _unpriced(v: Values) -> str:
    return ngettext(
        "{lines} claim would slip in rating or class; its expected loss cannot be computed.",
        "{lines} claims would slip in rating or class; their expected loss cannot be computed.",
        v["lines"],
    ).format(lines=number(v["lines"]))


def _priced(v: Values) -> str:
    return ngettext(
        "{lines} claim would slip; expected loss {before} \u2192 {after}.",
        "{lines} claims would slip; expected loss {before} \u2192 {after}.",
        v["lines"],
    ).format(
        lines=number(v["lines"]),
        before=money(v["loss"], v["currency"]),
        after=money(v["loss_after"], v["currency"]),
    )


def _partly_priced(v: Values) -> str:
    return ngettext(
        "{lines} would slip; the {priced} claim that can be priced loses {before} \u2192 {after}.",
        "{lines} would slip; the {priced} claims that can be priced lose {before} \u2192 {after}.",
        v["priced"],
    ).format(
        lines=number(v["lines"]),
        priced=number(v["priced"]),
        before=money(v["loss"], v["currency"]),
        after=money(v["loss_after"], v["currency"]),
    )


def _cash(text: str, v: Values) -> str:
    return text.format(
        country=terms.country(v["country"]),
        days=number(v["days"]),
        gap=money(v["gap"], v["currency"]),
        total=money(v["total"], v["currency"]),
    )


SENTENCES: dict[str, Callable[[Values], str]] = {
    "stress.breaches": _breaches,
    "stress.reserves": _reserves,
    "stress.liquidity": _liquidity,
    "stress.classes": _classes,
    "stress.flattered": _flattered,
    "stress.mild": _mild,
    "stress.nothing": lambda _v: _("The book holds nothing that this scenario touches."),
    "stress.borrowers.none": lambda _v: _("No borrower would slip in rating or class."),
    "stress.borrowers.unpriced": _unpriced,
    "stress.borrowers.priced": _priced,
    "stress.borrowers.partly_priced": _partly_priced,
    "stress.cash.not_asked": lambda _v: _("This scenario does not stop roll-over anywhere."),
    "stress.cash.no_debts": lambda _v: _("Cannot be told: the book has no liabilities."),
    "stress.cash.enough": lambda v: _cash(
        _("Enough for {days} days everywhere; tightest in {country}, {gap} to spare."), v
    ),
    "stress.cash.short": lambda v: _cash(_("Short by {gap} in {country} within {days} days; enough in all."), v),
    "stress.cash.short_in_all": lambda v: _cash(
        _("Short by {total} within {days} days, most of it in {country}: {gap}."), v
    ),
    "book.country_risk.none": lambda _v: _("The book has no exposure abroad."),
    "book.country_risk.gap": lambda v: _risk(
        _("{gap} of country-risk reserves is missing, most of it for {country}: {widest}."), v
    ),
    "book.country_risk.gap_so_far": lambda v: _risk(
        _("At least {gap} of country-risk reserves is missing; {lacking} of {countries} cannot be computed."), v
    ),
    "book.country_risk.enough": lambda _v: _("Country-risk reserves are enough everywhere."),
    "book.country_risk.enough_so_far": lambda v: _risk(
        _("Enough where it can be computed; {lacking} of {countries} lack a {missing}."), v
    ),
    "book.country_risk.not_set": lambda v: _risk(_("Cannot be computed: set {missing}."), v),
}

REFUSALS: dict[str, Callable[[Values], tuple[str, str]]] = {
    "stress.unknown_scenario": lambda v: (
        _("There is no scenario {wanted}.").format(wanted=v["wanted"]),
        _("Known: {known}. Or name a TOML file.").format(known=_(", ").join(v["known"])),
    ),
    "stress.no_file": lambda v: (
        _("The scenario file {file} cannot be read.").format(file=v["file"]),
        _("Check the path; the file must be UTF-8 text."),
    ),
    "stress.bad_scenario": lambda v: (
        _("{file} cannot be run: {problem}.").format(file=v["file"], problem=problem(v["problem"], v["place"])),
        _("Mend it; `stress show dollar_ebbs` prints a whole scenario to start from."),
    ),
    "stress.own_currency": lambda v: (
        _("{name} lets {currency} fall, in which the book itself is kept.").format(
            name=v["name"], currency=v["currency"]
        ),
        _("Let the other currencies rise or fall against it instead."),
    ),
}
