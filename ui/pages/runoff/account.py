"""How run-off works: the Fed's T-account in three stages, for any amount and whoever pays."""

from decimal import Decimal
from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from app.bootstrap import Program
from app.i18n import gettext as _
from app.jobs import Job
from app.liquidity.t_account import ASSETS, LIABILITIES, Channel, Demonstration, Stage
from app.refusals import Refused
from app.wording.errata import erratum
from app.wording.formats import number, percent, together
from app.wording.origin import Origin, no_day
from app.wording.runoff import line_name
from app.wording.sentences import sentence
from app.wording.t_account import channel_name, stage_name
from ui.pages.page import Context
from ui.pages.runoff.fields import Form, NumberBox
from ui.tables.column import Column, Kind
from ui.tables.origin import tell
from ui.tables.view import TableView
from ui.widgets.badge import Mark
from ui.widgets.card import Card
from ui.widgets.text import label, rule

#: The amount of Figure 4.
AMOUNT = Decimal(10)


Demonstrations = tuple[Demonstration, dict[Channel, Demonstration | None]]


def _work(program: Program, amount: Decimal, mix: dict[Channel, Decimal], _job: Job) -> Demonstrations:
    """What is entered, and each channel alone beside it (None where it does not hold so much)."""
    shown = program.simulating.t_account(amount, mix)
    alone: dict[Channel, Demonstration | None] = {}
    for channel in Channel:
        try:
            alone[channel] = program.simulating.t_account(amount, {channel: Decimal(100)})
        except Refused:
            alone[channel] = None
    return shown, alone


class ChannelTable(TableView):
    """What changed in the end, channel by channel and as entered."""

    def __init__(self) -> None:
        number = partial(Column, kind=Kind.NUMBER, sign=True)
        super().__init__(
            (
                Column("who", lambda: _("Who pays"), stretch=1, priority=0),
                number("treasuries", partial(line_name, "treasuries"), decimals=2, priority=0),
                number("reserves", partial(line_name, "reserves"), decimals=2, priority=0),
                number("on_rrp", partial(line_name, "on_rrp"), decimals=2, priority=0),
                number("tga", partial(line_name, "tga"), decimals=2, priority=0),
            ),
            title="",
            whole=True,
            selectable=False,
            name="t_account.channels",
        )

    def show_channels(self, shown: Demonstration, alone: dict[Channel, Demonstration | None]) -> None:
        """A row a channel, then the mix that is entered where it is one."""
        rows = {channel_name(channel.value): one for channel, one in alone.items()}
        if sum(1 for share in shown.mix.values() if share) > 1:
            rows[_("As entered")] = shown
        changes = {line: [_change(one, line) for one in rows.values()] for line in ("treasuries", *LIABILITIES[:3])}
        self.rows.load({"who": list(rows)} | changes, keys=list(rows))
        self.setAccessibleName(_("Changes in the end by who pays, USD 100 m (亿美元)"))
        source = _("example: the T-account of the source document's Figure 4 with the amount entered")
        tell(self, Origin(source, no_day(), _("worked out as entered"), _("USD 100 m (亿美元)")))
        self.restyle()


def _change(shown: Demonstration | None, line: str) -> float | None:
    if shown is None:
        return None
    first, last = shown.stages[0].account, shown.stages[-1].account
    return float(getattr(last, line) - getattr(first, line))


class StageView(QFrame):
    """One stage: both sides of the account, what moved, and why."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("r", "well")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._title, self._reason = label("strong"), label("small")
        self._reason.setWordWrap(True)
        self._lines = QGridLayout()
        self._lines.setHorizontalSpacing(10)
        self._lines.setVerticalSpacing(5)
        self._lines.setColumnStretch(0, 1)
        self._lines.setColumnStretch(3, 1)
        self._entries = QVBoxLayout()
        self._entries.setSpacing(8)
        self.sums: tuple[str, str] = ("", "")
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(8)
        for part in (self._title, self._reason, rule(strong=True)):
            column.addWidget(part)
        column.addLayout(self._lines)
        column.addWidget(rule())
        column.addLayout(self._entries)
        column.addStretch(1)

    def show_stage(self, stage: Stage, lines: tuple[str, ...]) -> None:
        """Show a stage; `lines` are those that any stage has an amount in."""
        self._title.setText(stage_name(stage.number))
        self._reason.setText(sentence(stage.reason))
        _clear(self._lines)
        _clear(self._entries)
        changes: dict[str, Decimal] = {}
        for entry in stage.entries:
            changes[entry.line] = changes.get(entry.line, Decimal(0)) + entry.change
        left = [line for line in ASSETS if line in lines]
        right = [line for line in LIABILITIES if line in lines]
        self._lines.addWidget(label("caption", _("Assets")), 0, 0, 1, 2)
        self._lines.addWidget(label("caption", _("Liabilities")), 0, 3, 1, 2)
        for side, names in ((0, left), (3, right)):
            for row, line in enumerate(names, 1):
                changed = changes.get(line)
                self._put(row, side, line_name(line), getattr(stage.account, line), changed)
        last = max(len(left), len(right)) + 1
        self._put(last, 0, _("Total"), stage.account.assets, None, role="strong")
        self._put(last, 3, _("Total"), stage.account.liabilities, None, role="strong")
        self.sums = (_plain(stage.account.assets), _plain(stage.account.liabilities))
        for entry in stage.entries:
            text = label("small", sentence(entry.reason))
            text.setWordWrap(True)
            self._entries.addWidget(text)

    def _put(
        self, row: int, side: int, name: str, amount: Decimal, change: Decimal | None, role: str = "label"
    ) -> None:
        self._lines.addWidget(label("strong" if change else role, name), row, side)
        written = _plain(amount) if change is None else f"{_plain(amount)} ({_signed(change)})"
        figure = label("strong" if change else role, written)
        figure.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._lines.addWidget(figure, row, side + 1)


class AccountCard(Card):
    """The question, the inputs and three stages side by side."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._shown: Demonstration | None = None
        self._alone: dict[Channel, Demonstration | None] = {}
        self.amount = NumberBox(0, 99_999_999, 2, 10)
        self.amount.setFixedWidth(110)
        self.amount.put(AMOUNT)
        self.shares = {channel: NumberBox(0, 100, 0, 10) for channel in Channel}
        self.alone = {channel: QPushButton() for channel in Channel}
        self._total_mark, self._total = Mark("", 12), label("small")
        self.stages = [StageView() for _stage in range(3)]
        self._remark = label("caption")
        self._remark.setWordWrap(True)
        self.body.addWidget(self._inputs())
        row = QHBoxLayout()
        row.setSpacing(12)
        for stage in self.stages:
            row.addWidget(stage, 1)
        self.body.addLayout(row)
        self.body.addWidget(self._remark)
        self._beside = label("q")
        self.table = ChannelTable()
        self.body.addSpacing(8)
        self.body.addWidget(self._beside)
        self.body.addWidget(self.table)
        self.body.addStretch(1)
        self._put_alone(Channel.BANKS)

    def _inputs(self) -> QWidget:
        held = QWidget()
        row = QHBoxLayout(held)
        row.setContentsMargins(0, 4, 0, 8)
        row.setSpacing(20)
        self._form = Form()
        self._form.number(lambda: _("Amount that matures"), lambda: _("USD 100 m (亿美元)"), self.amount)
        row.addWidget(self._form, 0, Qt.AlignmentFlag.AlignTop)
        self._paying = QGridLayout()
        self._paying.setHorizontalSpacing(8)
        self._paying.setVerticalSpacing(5)
        self._names: dict[Channel, QLabel] = {}
        for place, channel in enumerate(Channel):
            self._names[channel] = label("label")
            self._paying.addWidget(self._names[channel], place, 0)
            self._paying.addWidget(self.shares[channel], place, 1)
            self._paying.addWidget(label("small", "%"), place, 2)
            self._paying.addWidget(self.alone[channel], place, 3)
            self.alone[channel].setProperty("k", "link")
            self.alone[channel].clicked.connect(partial(self._only_one, channel))
            self.shares[channel].entered.connect(self._entered)
        row.addLayout(self._paying)
        row.setAlignment(self._paying, Qt.AlignmentFlag.AlignTop)
        total = QHBoxLayout()
        total.setSpacing(6)
        total.addWidget(self._total_mark)
        total.addWidget(self._total)
        row.addLayout(total)
        row.setAlignment(total, Qt.AlignmentFlag.AlignTop)
        row.addStretch(1)
        self._form.entered.connect(self._entered)
        return held

    def ask_again(self) -> None:
        """Work out the stages of what is entered."""
        mix = {channel: box.amount() for channel, box in self.shares.items()}
        if sum(mix.values()) == 100:
            work = partial(_work, self._context.program, self.amount.amount(), mix)
            self._context.tasks.run(self, work, self.show_stages, self._failed, about="t_account")

    def show_stages(self, shown: Demonstrations) -> None:
        """Show another demonstration."""
        self._shown, self._alone = shown
        self.clear_error()
        self._render()

    def retranslate(self) -> None:
        """Set every text anew."""
        self.ask(_("What happens when the Fed lets Treasuries run off?"))
        self._form.retranslate()
        for channel in Channel:
            self._names[channel].setText(channel_name(channel.value))
            self.shares[channel].setAccessibleName(channel_name(channel.value))
            self.alone[channel].setText(_("Alone"))
            self.alone[channel].setAccessibleName(_("{channel}: alone").format(channel=channel_name(channel.value)))
        self._show_total()
        self._render()

    def _render(self) -> None:
        shown = self._shown
        if shown is None:
            return
        self.say(sentence(shown.finding))
        lines = tuple(
            line
            for line in (*ASSETS, *LIABILITIES)
            if any(getattr(stage.account, line) for stage in shown.stages) or line in ("treasuries", "reserves", "tga")
        )
        for view, stage in zip(self.stages, shown.stages, strict=True):
            view.show_stage(stage, lines)
        figure = _("The source document's Figure 4, in USD 100 m (亿美元). Both sides are equal at every stage.")
        carved = _("Figure 4 leaves ON RRP out: its other liabilities of 100 stand for it here.")
        told = [figure, *([carved] if shown.on_rrp_carved else []), erratum(5), erratum(10)]
        self._remark.setText(together(told))
        self._beside.setText(_("Who pays decides what shrinks: changes in the end, USD 100 m (亿美元)"))
        self.table.show_channels(shown, self._alone)

    def _show_total(self) -> None:
        total = sum(box.amount() for box in self.shares.values())
        self._total_mark.show_state("ok" if total == 100 else "warning")
        shown = percent(total, 0)
        self._total.setText(
            _("Total {percent}").format(percent=shown)
            if total == 100
            else _("{percent}, not 100 %").format(percent=shown)
        )

    def _put_alone(self, only: Channel) -> None:
        for channel, box in self.shares.items():
            box.put(100 if channel is only else 0)
        self._show_total()

    def _only_one(self, channel: Channel) -> None:
        self._put_alone(channel)
        self.ask_again()

    @Slot()
    def _entered(self) -> None:
        self._show_total()
        self.ask_again()

    def _failed(self, error: Exception) -> None:
        self.show_error(error)


def _clear(layout: QGridLayout | QVBoxLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()


def _plain(amount: Decimal) -> str:
    return number(amount, 0 if amount == amount.to_integral_value() else 2)


def _signed(amount: Decimal) -> str:
    return number(amount, 0 if amount == amount.to_integral_value() else 2, sign=True)
