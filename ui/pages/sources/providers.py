"""The left-hand side: the sources, how each stands, and every host that the program contacts."""

from PySide6.QtCore import Signal

from app.i18n import gettext as _
from app.services.provider import Host, Standing
from app.wording import formats, sourcing
from app.wording.sentences import sentence
from ui.state import State
from ui.tables.column import Column, Kind
from ui.tables.view import TableView
from ui.widgets.card import Card


class ProvidersCard(Card):
    """Is everything here? `chosen(source id)`."""

    chosen = Signal(object)

    def __init__(self, state: State) -> None:
        super().__init__()
        self._standing: Standing | None = None
        self.table = TableView(
            (
                Column("mark", lambda: "", Kind.TICK, detail="word", priority=0),
                Column("name", lambda: _("Source"), Kind.TWO_LINE, detail="says", note="whole", stretch=1, width=120,
                       priority=1),
            ),
            title="", row="two_line", name="sources.providers", state=state,
        )  # fmt: skip
        self.table.horizontalHeader().hide()
        self.body.addWidget(self.table, 1)
        self.table.selected.connect(self.chosen)

    def retranslate(self) -> None:
        """Set every text anew."""
        self.ask(_("Is everything here?"))
        self.table.setAccessibleName(_("Sources"))
        if self._standing is not None:
            self.show_standing(self._standing)

    def show_standing(self, standing: Standing) -> None:
        """Show the sources; the chosen one stays chosen."""
        self._standing = standing
        self.say(sentence(standing.finding))
        kept = self.table.current
        states = [sourcing.state(one.state) for one in standing.providers]
        names = [sourcing.source_name(one.id) for one in standing.providers]
        says = []
        for one, (_mark, word) in zip(standing.providers, states, strict=True):
            if one.answered_at is not None:
                word = _("{state}, answered {at}").format(state=word, at=formats.moment(one.answered_at))
            says.append(word)
        details = [sourcing.source_detail(one.id) for one in standing.providers]
        self.table.rows.load(
            {
                "mark": [mark for mark, _word in states],
                "word": [word for _mark, word in states],
                "name": names,
                "says": says,
                "whole": ["\n".join(each) for each in zip(names, details, says, strict=True)],
            },
            keys=[one.id for one in standing.providers],
        )
        if kept is None or not self.table.select(kept):
            grave = next((one.id for one in standing.providers if one.state in ("failed", "stale", "late")), None)
            self.table.select(grave or standing.providers[0].id)


class HostsCard(Card):
    """Every machine that the program contacts."""

    def __init__(self, state: State) -> None:
        super().__init__()
        self._hosts: tuple[Host, ...] = ()
        self.table = TableView(
            (
                Column("host", lambda: _("Host"), Kind.TWO_LINE, detail="says", note="whole", stretch=1, width=120,
                       priority=1),
            ),
            title="", row="two_line", name="sources.hosts", state=state,
        )  # fmt: skip
        self.table.horizontalHeader().hide()
        self.body.addWidget(self.table, 1)

    def retranslate(self) -> None:
        """Set every text anew."""
        self.ask(_("Which hosts does the program contact?"))
        self.table.setAccessibleName(_("Hosts that the program contacts"))
        self.add_note(_("No other: no telemetry, no update check. A host may send a request on to another of its own."))
        self.show_hosts(self._hosts)

    def show_hosts(self, hosts: tuple[Host, ...]) -> None:
        """Show every host."""
        self._hosts = hosts
        says = [_host_words(host) for host in hosts]
        self.table.rows.load(
            {
                "host": [host.name for host in hosts],
                "says": says,
                "whole": [f"{host.name}\n{said}" for host, said in zip(hosts, says, strict=True)],
            },
            keys=[host.source for host in hosts],
        )


def _host_words(host: Host) -> str:
    name = sourcing.source_name(host.source)
    if not host.asked:
        return _("{source}, not asked").format(source=name)
    if host.proxy is not None:
        return _("{source}, through {proxy}").format(source=name, proxy=host.proxy)
    return name
