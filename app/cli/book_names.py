"""`book concentration`, `book counterparty`: in whose hands the book is, and everything known of one name."""

import argparse
from decimal import Decimal

from app.bootstrap import Program
from app.cli.command import Commands, Outcome, add_command
from app.i18n import gettext as _
from app.wording import formats, terms
from app.wording import holders as words
from app.wording import limits as limit_words
from app.wording.maturity import tenor
from app.wording.sentences import sentence
from exposures import counterparty as domain
from exposures import holders
from exposures.book import Basis
from exposures.holders import Holder

_SHOWN = 20


def add(group: "Commands[argparse.ArgumentParser]") -> None:
    """Add the commands to the group of the book."""
    held = add_command(group, "concentration", concentration, "the largest names and groups, and sectors by country")
    held.add_argument("--basis", choices=[one.value for one in Basis], default=Basis.GUARANTOR.value)
    one = add_command(group, "counterparty", counterparty, "everything known of a counterparty or connected group")
    one.add_argument("name", metavar="NUMBER", help="the counterparty's number or name, or with --group the group's")
    one.add_argument("--group", action="store_true", help="a connected group")


def concentration(program: Program, chosen: argparse.Namespace) -> Outcome:
    """Names, groups and places."""
    found = program.concentrating.held(basis=Basis(chosen.basis)).concentration
    said = [sentence(one(found)) for one in (holders.in_hands, holders.in_groups, holders.in_places)]
    data = {
        "currency": found.currency,
        "total": _cents(found.total),
        "findings": said,
        "names": [_holder(one) for one in found.names],
        "groups": [_holder(one) for one in found.groups],
        "without_group": _cents(found.ungrouped),
        "places": [
            {"sector": cell.sector, "country": cell.country, "amount": _cents(cell.amount), "share_percent":
             _percent(cell.share)} for cell in found.cells
        ],
        "hhi_names": found.hhi_names,
        "hhi_countries": found.hhi_countries,
        "top_share_percent": _percent(found.top),
        "tier_1": found.tier_1,
    }  # fmt: skip
    lines = [said[0]]
    lines += [
        f"{one.name:<40} {formats.number(one.amount):>22} {formats.percent(one.share * 100, 1):>9}"
        for one in found.names[:_SHOWN]
    ]
    return Outcome(data, (*lines, *said[1:]))


def counterparty(program: Program, chosen: argparse.Namespace) -> Outcome:
    """One name."""
    known = program.concentrating.known(chosen.name, group=chosen.group)
    found = known.profile
    said = sentence(domain.finding(found))
    data = {
        "key": found.key,
        "name": found.name,
        "group": found.is_group,
        "currency": found.currency,
        "finding": said,
        "exposure": _cents(found.position.amount()),
        "outstanding": _cents(found.position.outstanding),
        "undrawn": _cents(found.position.undrawn),
        "pending": _cents(found.position.pending),
        "owed_to_it": None if found.owed_to is None else _cents(found.owed_to),
        "facts": {name: list(values) for name, values in found.facts},
        "members": [{"key": row.key, "name": row.name, "exposure": _cents(row.amount())} for row in found.members],
        "products": [{"instrument": row.key, "exposure": _cents(row.amount())} for row in found.products],
        "maturities": [{"bucket": r.bucket, "assets": _cents(r.assets)} for r in found.ladder.rungs if r.assets],
        "due_soon": _cents(found.due_soon),
        "next_due": found.next_due,
        "next_review": found.next_review,
        "renewals": [
            {
                "line_id": one.line_id,
                "replaces_line_id": one.replaces,
                "standing": one.standing.value,
                "asked_for": None if one.new is None else _cents(one.new),
                "pending": None if one.counted is None else _cents(one.counted),
            }
            for one in found.renewals
        ],
        "limits": [
            {"scope": use.scope.value, "key": use.key, "state": use.state.value, "used_percent_with_pending":
             _percent(use.use.share_with_pending)} for use in known.limits
        ],
        "items": [item.id for item in known.items],
        "alerts": [alert.id for alert in known.alerts],
        "notes": [
            {"number": one.id, "counterparty": one.subject, "day": one.day, "text": one.text, "who": one.who}
            for one in known.notes
        ],
    }  # fmt: skip
    lines = [f"{found.name}: {said}"]
    lines += [f"{terms.field(name)}: {words.fact(name, values)}" for name, values in found.facts]
    lines += [f"{terms.instrument(row.key or 'other')}: {formats.number(row.amount())}" for row in found.products]
    lines += [f"{tenor(rung.bucket)}: {formats.number(rung.assets)}" for rung in found.ladder.rungs if rung.assets]
    lines += [words.renewal(one, found.currency) for one in found.renewals]
    for use in known.limits:
        who = limit_words.subject(use.scope.value, use.key, use.within, use.name)
        share = use.use.share_with_pending
        text = _("Limit of {who}: {share}, {state}").format(
            who=who,
            share="–" if share is None else formats.percent(share * 100),
            state=terms.limit_state(use.state.value)[1],
        )
        lines.append(text)
    lines += [_("Review item {item}").format(item=item.id) for item in known.items]
    lines += [_("Note of {day}, {who}: {text}").format(day=formats.day(one.day), who=one.who, text=one.text)
              for one in known.notes]  # fmt: skip
    return Outcome(data, tuple(lines))


def _holder(one: Holder) -> dict[str, object]:
    return {
        "key": one.key,
        "name": one.name,
        "exposure": _cents(one.amount),
        "share_percent": _percent(one.share),
        "cumulative_percent": _percent(one.cumulative),
        "guaranteed": _cents(one.guaranteed),
        "of_tier_1_percent": None if one.of_capital is None else _percent(one.of_capital / 100),
        "mark_percent": one.mark,
        "large": one.large,
    }


def _cents(amount: Decimal) -> Decimal:
    return amount.quantize(Decimal("0.01"))


def _percent(share: Decimal | None) -> Decimal | None:
    return None if share is None else (share * 100).quantize(Decimal("0.0001"))
