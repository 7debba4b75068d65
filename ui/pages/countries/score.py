"""The card "Why is the score …?": the inputs with weights, ages and strain, and what moved it in a month."""

from functools import partial

from PySide6.QtCore import QPoint, Qt, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout

from app.countries.score import Part, Status
from app.i18n import gettext as _
from app.services.profiles import Country
from app.wording import countries as words
from app.wording import formats
from app.wording.origin import Origin, each_row, since
from app.wording.sentences import sentence
from ui.charts.chart import Chart
from ui.charts.parts import Level, Line, Pane
from ui.tables.column import Column, Kind
from ui.tables.origin import exported, tell
from ui.tables.view import TableView
from ui.widgets.card import Card, link
from ui.widgets.choice import Segments
from ui.widgets.text import label

PARTS = ("inputs", "change", "course")


class ScoreCard(Card):
    """The score by its inputs, by what moved it, or through time."""

    def __init__(self) -> None:
        super().__init__()
        self._shown: Country | None = None
        self.part = Segments(PARTS)
        self.formula = link()
        self.formula.clicked.connect(self._open_formula)
        self.corner.addWidget(self.part)
        self._foot = label("caption")
        self._foot.setWordWrap(True)
        self._foot.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self.part.chosen.connect(self._choose)
        number = partial(Column, kind=Kind.NUMBER)
        self.inputs = TableView(
            (
                Column("input", lambda: _("Input"), stretch=1, priority=0, note="note"),
                Column("value", lambda: _("Value"), priority=1, tone="late"),
                number("age", lambda: _("Days"), priority=2, quiet=True, tone="late"),
                number("weight", lambda: _("Weight"), priority=4, quiet=True),
                number("strain", lambda: _("0–100"), decimals=0, priority=0, tone="tone"),
                number("share", lambda: _("Points"), decimals=1, priority=3),
                exported("on", lambda: _("Observed")),
                exported("source", lambda: _("Source")),
                exported("known", lambda: _("Known from")),
            ),
            title="inputs",
            row="dense",
            selectable=False,
            name="countries.inputs",
        )
        self.moves = TableView(
            (
                Column("input", lambda: _("Input"), stretch=1, priority=0),
                Column("before", lambda: _("Before"), priority=1),
                Column("after", lambda: _("Now"), priority=1),
                number("points", lambda: _("Points"), decimals=1, sign=True, priority=0),
            ),
            title="moves",
            row="normal",
            selectable=False,
            name="countries.moves",
        )
        self.chart = Chart(ranges=("1y", "5y", "all"), chosen="1y", unrevised="computed")
        self.chart.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        for view in (self.inputs, self.moves, self.chart):
            self.body.addWidget(view, 1)
        row = QHBoxLayout()
        row.addWidget(self._foot, 1)
        row.addWidget(self.formula, 0, Qt.AlignmentFlag.AlignBottom)
        self.body.addLayout(row)

    def retranslate(self) -> None:
        """Set every text anew."""
        self.ask(_("Why score {score}?").format(score="–"))
        self.formula.setText(_("Formula"))
        self.part.fill([_("Inputs"), _("Moves"), _("Past")])
        self.inputs.setAccessibleName(_("Inputs of the score"))
        self.moves.setAccessibleName(_("What moved the score"))
        self.chart.title = _("Vulnerability score")
        self.chart.retranslate()
        if self._shown is not None:
            self.show_country(self._shown)

    def show_country(self, shown: Country) -> None:
        """Show a country's score."""
        self._shown = shown
        now = shown.score
        if now.value is not None:
            self.question.setText(_("Why score {score}?").format(score=formats.number(now.value)))
        else:
            self.question.setText(_("Why no score?"))
        self.say(sentence(shown.scored))
        self.show_content()
        self._fill_inputs(shown)
        self._fill_moves(shown)
        of = shown.course
        rules = ((float(shown.formula.warning), _("Warning")), (float(shown.formula.critical), _("Critical")))
        from_zero = Pane(
            (Line(_("Score"), of.dates, of.values, decimals=1, source=_("computed from the inputs"),
                  known_from=of.known_from),),
            unit=_("points"), from_zero=True,
            levels=tuple(Level(value, word) for value, word in rules),
        )  # fmt: skip
        if len(of):
            self.chart.show_panes(from_zero, note=_("0 calm, 100 stressed"))
        self._show_part()
        self._foot.setText(_foot(shown))

    def _fill_inputs(self, shown: Country) -> None:
        parts = shown.score.parts
        self.inputs.rows.load(
            {
                "input": [words.input_name(part.input.id) for part in parts],
                "age": [part.age for part in parts],
                "weight": [float(part.input.weight) for part in parts],
                "late": ["stale" if part.status in (Status.TOO_OLD, Status.PROVISIONAL) else "" for part in parts],
                "note": [_note(part) for part in parts],
                "value": [_value(part) for part in parts],
                "strain": [None if part.strain is None else float(part.strain) for part in parts],
                "tone": [_tone(part) for part in parts],
                "share": [None if part.share is None else float(part.share) for part in parts],
                "on": [None if part.figure is None else part.figure.date for part in parts],
                "source": [None if part.figure is None else part.figure.source for part in parts],
                "known": [_known(part) for part in parts],
            },
            keys=[part.input.id for part in parts],
            totals=_totals(shown),
        )
        formula = _("score by the formula of {day}").format(day=formats.day(shown.formula.dated))
        source = _("{inputs}; {formula}").format(inputs=each_row(), formula=formula)
        tell(self.inputs, Origin(source, each_row(), each_row(), _("points of 0 to 100; values as written")))

    def _fill_moves(self, shown: Country) -> None:
        change = shown.change
        moves = () if change is None else change.moves
        self.moves.rows.load(
            {
                "input": [words.input_name(move.input) for move in moves],
                "before": ["" if move.before is None else _value(move.before) for move in moves],
                "after": ["" if move.after is None else _value(move.after) for move in moves],
                "points": [float(move.points) for move in moves],
            },
            keys=[move.input for move in moves],
            totals=None if change is None else {"input": _("Change of the score"), "points": float(change.points)},
        )
        if change is not None:
            source = _("inputs of the score, each with its source in the inputs' table")
            days = _("{first} and {second}").format(
                first=formats.day(change.before.on), second=formats.day(shown.today)
            )
            tell(self.moves, Origin(source, days, since(shown.as_of), _("points of 0 to 100; values as written")))

    def _show_part(self) -> None:
        shown = self._shown
        chosen = self.part.current
        some = shown is not None and len(shown.course) > 0
        for name, view in (("inputs", self.inputs), ("moves", self.moves), ("course", self.chart)):
            wanted = {"change": "moves"}.get(chosen, chosen)
            view.setVisible(name == wanted and (name != "course" or some))

    @Slot(str)
    def _choose(self, _part: str) -> None:
        self._show_part()

    @Slot()
    def _open_formula(self) -> None:
        if self._shown is None:
            return
        rule = self._shown.formula
        panel = QFrame(self, Qt.WindowType.Popup)
        panel.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        panel.setProperty("r", "card")
        column = QVBoxLayout(panel)
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(6)
        texts = [
            _("s = 100 × (value − calm) / (stress − calm), between 0 and 100; score = Σ w·s / Σ w."),
            _(
                "Below {coverage} coverage there is no score. Watch {watch}, warning {warning}, critical {critical}."
            ).format(
                coverage=formats.percent(rule.minimum_coverage, 0),
                watch=formats.number(rule.watch),
                warning=formats.number(rule.warning),
                critical=formats.number(rule.critical),
            ),
        ]
        texts += [
            _("{input}: calm {calm}, stress {stress}, weight {weight}, up to {age} days [{mark}]").format(
                input=words.input_name(one.id),
                calm=words.input_value(one.id, float(one.calm)),
                stress=words.input_value(one.id, float(one.stress)),
                weight=formats.number(one.weight),
                age=one.max_age,
                mark=_("published") if one.mark == "S" else _("choice"),
            )
            for one in rule.inputs
        ]
        texts.append(
            _("Formula of {day}, {source}. To edit it: tidewatch country settings --copy.").format(
                day=formats.day(rule.dated), source=_("as shipped") if rule.source == "as shipped" else rule.source
            )
        )
        for text in texts:
            line = label("small", text)
            line.setWordWrap(True)
            line.setFixedWidth(460)
            column.addWidget(line)
        panel.adjustSize()
        panel.move(self.formula.mapToGlobal(QPoint(self.formula.width() - panel.width(), self.formula.height() + 4)))
        panel.show()


def _value(part: Part) -> str:
    return "–" if part.figure is None else words.input_value(part.input.id, float(part.figure.value))


def _note(part: Part) -> str:
    if part.figure is None:
        return words.status(part.status.value)[1]
    return _("{day}, from {source}; weight {weight}, counts up to {most} days: {status}").format(
        day=formats.day(part.figure.date),
        source=part.figure.source or "–",
        weight=formats.number(part.input.weight),
        most=part.input.max_age,
        status=words.status(part.status.value)[1],
    )


def _known(part: Part) -> str | None:
    instant = None if part.figure is None else part.figure.known_from
    return None if instant is None else since(instant)


def _tone(part: Part) -> str:
    if part.strain is None:
        return "nodata"
    return "critical" if part.strain >= 100 else "warning" if part.strain >= 70 else ""


def _totals(shown: Country) -> dict[str, object]:
    now = shown.score
    if now.value is None:
        return {"input": _("No score")}
    return {"input": _("Score, weighted"), "strain": float(now.value), "share": float(now.value)}


def _foot(shown: Country) -> str:
    now = shown.score
    if not now.lacking:
        text = _("Coverage 100 %: every input counts.")
        return _("{text} Provisional: a release was missed.").format(text=text) if now.provisional else text
    text = _("Coverage {coverage}; {low} to {high} with what is missing.").format(
        coverage=formats.percent(now.coverage, 0), low=formats.number(now.low, 1), high=formats.number(now.high, 1)
    )
    return _("{text} Provisional: a release was missed.").format(text=text) if now.provisional else text
