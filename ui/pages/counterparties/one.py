"""The cards of one counterparty or group: what it owes, when, and what holds it down and who works on it."""

from PySide6.QtCore import Qt, Signal

from app.i18n import gettext as _
from app.i18n import ngettext
from app.services.concentrating import Known
from app.wording import alerts as alert_words
from app.wording import formats, terms
from app.wording import holders as words
from app.wording import limits as limit_words
from app.wording import reviews as review_words
from app.wording.maturity import ladder_notes, netting_notes, tenor
from app.wording.sentences import sentence
from exposures import counterparty, maturity
from exposures.limits import LimitState
from ui.pages.exposures.survey import millions
from ui.state import State
from ui.tables.column import Column, Kind
from ui.tables.view import TableView
from ui.widgets.card import Card, link
from ui.widgets.facts import Facts

#: Renewals that are named one by one.
_RENEWALS = 2


class OwedCard(Card):
    """What does it owe, and what presses? Facts, then products."""

    lines_wanted = Signal(str)

    def __init__(self, state: State) -> None:
        super().__init__()
        self._known: Known | None = None
        self.link = self.add_link()
        self.link.clicked.connect(self._lines)
        self.facts = Facts("facts")
        self.table = TableView(
            (
                Column("product", lambda: _("Product"), stretch=1, width=80, priority=0),
                Column("drawn", lambda: _("Drawn"), Kind.NUMBER, decimals=1, unit=self._unit, priority=1),
                Column("undrawn", lambda: _("Undrawn"), Kind.NUMBER, decimals=1, unit=self._unit, priority=1),
                Column("pending", lambda: _("Pending approval"), Kind.NUMBER, decimals=1, unit=self._unit, priority=2),
                Column("amount", lambda: _("Exposure"), Kind.NUMBER, decimals=1, unit=self._unit, strong=True,
                       priority=0),
            ),
            title="",
            name="counterparties.products",
            state=state,
        )  # fmt: skip
        self.body.addWidget(self.facts)
        self.body.addWidget(self.table, 1)

    def _unit(self) -> str:
        currency = self._known.profile.currency if self._known else "USD"
        return _("{currency} m").format(currency=formats.currency(currency))

    def retranslate(self) -> None:
        """Set every text anew."""
        self.link.setText(_("Its lines"))
        self.table.setAccessibleName(_("Its products, the largest first"))
        if self._known is None:
            self.ask(_("What does it owe, and what presses?"))
        else:
            self.show_known(self._known)

    def show_known(self, known: Known) -> None:
        """Show one name or group."""
        self._known = known
        found = known.profile
        self.ask(_("What does {name} owe, and what presses?").format(name=found.name))
        self.say(sentence(counterparty.finding(found)))
        facts = [(terms.field(name), words.fact(name, values)) for name, values in found.facts]
        if found.is_group:
            members = formats.listed(row.name or row.key or "" for row in found.members)
            facts.insert(0, (_("Members"), members))
        if found.next_review is not None:
            facts.append((terms.field("next_review"), formats.day(found.next_review)))
        if found.owed_to is None:
            facts.append((_("The bank owes it"), _("not known: an exchange rate is missing")))
        elif found.owed_to:
            facts.append((_("The bank owes it"), formats.money(found.owed_to, found.currency)))
        self.facts.fill(facts)
        told = [words.renewal(one, found.currency) for one in found.renewals[:_RENEWALS]]
        if (more := len(found.renewals) - _RENEWALS) > 0:
            told.append(ngettext("{n} renewal more.", "{n} renewals more.", more).format(n=formats.number(more)))
        self.add_note(formats.together(told))
        rows = found.products
        self.table.rows.load(
            {
                "product": [terms.instrument(row.key or "other") for row in rows],
                "drawn": [millions(row.outstanding) for row in rows],
                "undrawn": [millions(row.undrawn) for row in rows],
                "pending": [millions(row.pending) for row in rows],
                "amount": [millions(row.amount()) for row in rows],
            },
            keys=[row.key or "other" for row in rows],
        )

    def _lines(self) -> None:
        if self._known is not None:
            self.lines_wanted.emit(self._known.profile.name)


class DueCard(Card):
    """When is it due? Its own ladder."""

    def __init__(self, state: State) -> None:
        super().__init__()
        self._known: Known | None = None
        self.table = TableView(
            (
                Column("bucket", lambda: _("To payment"), stretch=1, width=80, priority=0),
                Column("assets", lambda: _("Comes in"), Kind.NUMBER, decimals=1, unit=self._unit, strong=True,
                       tone="state", priority=0),
            ),
            title="",
            selectable=False,
            name="counterparties.due",
            state=state,
        )  # fmt: skip
        self.body.addWidget(self.table, 1)

    def _unit(self) -> str:
        currency = self._known.profile.currency if self._known else "USD"
        return _("{currency} m").format(currency=formats.currency(currency))

    def retranslate(self) -> None:
        """Set every text anew."""
        self.ask(_("When is it due?"))
        self.table.setAccessibleName(_("What is due from it, by days to payment"))
        if self._known is not None:
            self.show_known(self._known)

    def show_known(self, known: Known) -> None:
        """Show one name or group."""
        self._known = known
        ladder = known.profile.ladder
        rungs = [rung for rung in ladder.rungs if rung.assets]
        self.say(sentence(maturity.due(ladder)))
        self.table.rows.load(
            {
                "bucket": [tenor(rung.bucket) for rung in rungs],
                "assets": [millions(rung.assets) for rung in rungs],
                "state": ["critical" if rung.bucket == "overdue" else "" for rung in rungs],
            },
            keys=[rung.bucket for rung in rungs],
        )
        assumed = ladder_notes(ladder)[: 1 if ladder.bullet else 0]
        self.add_note(formats.together((*assumed, *netting_notes(ladder))))


class FollowedCard(Card):
    """What holds it down, and who works on it? Limits, review items, alerts and dated notes; `opened(kind, key)`."""

    opened = Signal(str, str)
    notes_wanted = Signal()

    def __init__(self, state: State) -> None:
        super().__init__()
        self._known: Known | None = None
        self.link = link()
        self.link.clicked.connect(self.notes_wanted)
        self.table = TableView(
            (
                Column("what", lambda: _("What"), Kind.TWO_LINE, detail="kind", stretch=1, width=100, priority=0),
                Column("state", lambda: _("State"), Kind.SEVERITY, detail="word", priority=0),
            ),
            title="",
            row="two_line",
            name="counterparties.followed",
            state=state,
        )
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.link, 0, Qt.AlignmentFlag.AlignLeft)  # beside the question there is no room
        self.table.opened.connect(self._open)

    def retranslate(self) -> None:
        """Set every text anew."""
        self.ask(_("What holds it down, and who works on it?"))
        self.link.setText(_("Write or withdraw a note"))
        self.table.setAccessibleName(_("Limits, review items, alerts and notes"))
        if self._known is not None:
            self.show_known(self._known)

    def show_known(self, known: Known) -> None:
        """Show one name or group."""
        self._known = known
        breaches = sum(use.state is LimitState.BREACH for use in known.limits)
        counts = (breaches, len(known.limits), len(known.items), len(known.alerts))
        self.say(sentence(counterparty.followed(*counts)))
        rows: list[tuple[str, str, str, str, str]] = []
        for use in known.limits:
            share = use.use.share_with_pending
            who = limit_words.subject(use.scope.value, use.key, use.within, use.name)
            severity, word = terms.limit_state(use.state.value)
            used = "–" if share is None else formats.percent(share * 100, 0)
            kind = _("{scope} limit, {used} used").format(scope=limit_words.scope(use.scope.value), used=used)
            rows.append((f"limit\x1f{use.key}", who, kind, severity, word))
        for item in known.items:
            owner = item.owner or _("unassigned")
            kind = _("Review item, {owner}").format(owner=owner)
            name = _("{item} {list}").format(item=item.id, list=review_words.list_name(item.proposal.key.list_id))
            rows.append(
                (f"item\x1f{item.id}", name, kind, "todo", review_words.status(review_words.standing(item, None)))
            )
        for alert in known.alerts:
            severity = "warning" if alert.severity is None else alert.severity.value
            word = alert_words.severity(alert.severity) if alert.severity is not None else ""
            title = alert_words.title(alert.rule, alert.labels)
            rows.append((f"alert\x1f{alert.id}", title, _("Alert"), severity, word))
        for note in known.notes:
            kind = _("Note of {day}, {who}").format(day=formats.day(note.day), who=note.who)
            rows.append((f"note\x1f{note.id}", note.text, kind, "done", _("Note")))
        self.table.rows.load(
            {
                "what": [row[1] for row in rows],
                "kind": [row[2] for row in rows],
                "state": [row[3] for row in rows],
                "word": [row[4] for row in rows],
            },
            keys=[row[0] for row in rows],
        )

    def _open(self, key: object) -> None:
        kind, _mark, id = str(key).partition("\x1f")
        self.opened.emit(kind, id)
