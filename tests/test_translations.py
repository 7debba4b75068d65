"""Every text the program shows goes through gettext, and is there in Chinese."""

import ast
import gettext
import importlib.util
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

REPOSITORY = Path(__file__).resolve().parent.parent

#: Qt calls whose text arguments a person reads.
QT_TEXTS = """
    setText setWindowTitle setToolTip setPlaceholderText setAccessibleName setAccessibleDescription setStatusTip
    setWhatsThis setTitle setInformativeText setDetailedText setPrefix setSuffix setLabelText addTab addMenu addAction
    addButton addItem addItems QLabel QPushButton QAction QCheckBox QRadioButton QGroupBox QMenu showMessage drawText
    setHtml setPlainText
"""
SHOWN = frozenset(QT_TEXTS.split())
#: The program's own name, and marks that are the same in every language.
NAMES = frozenset({"Tidewatch", "观潮", "…"})


def catalogues() -> ModuleType:
    spec = importlib.util.spec_from_file_location("catalogues", REPOSITORY / "installer" / "catalogues.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_text_is_translated_and_no_translation_is_stale() -> None:
    assert catalogues().faults() == []


def test_a_gap_a_fuzzy_entry_and_other_fields_are_found() -> None:
    module = catalogues()
    message = module.Message
    assert module._faults_of(message("Used {share}", "")) == ["not translated"]
    assert module._faults_of(message("Used {share}", "已用 {share}")) == []
    assert module._faults_of(message("Used {share}", "已用 {part}")) == ["other {fields}"]
    assert module._faults_of(message("Used {share}", "已用 {share}", flags={"fuzzy"})) == ["fuzzy"]
    assert module._faults_of(message(("{n} line", "{n} lines"), ("{n} 笔",))) == []


def test_the_compiled_catalogue_speaks(tmp_path: Path) -> None:
    folder = tmp_path / "app" / "locale" / "zh_CN" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "tidewatch.po").write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\nmsgid "Wave"\nmsgstr "浪"\n', "utf-8"
    )
    (made,) = catalogues().compile_catalogues(tmp_path)
    with made.open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("Wave") == "浪"


def literal_texts(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Letters that a Qt call shows without gettext: a literal, an f-string, a joined string."""
    for call in ast.walk(tree):
        if not isinstance(call, ast.Call):
            continue
        function = call.func
        name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
        if name not in SHOWN:
            continue
        shown = call.args[:1] if name == "addItem" else call.args  # what follows is data
        for argument in shown:
            yield from ((call.lineno, text) for text in texts_of(argument) if is_text(text))


def texts_of(node: ast.AST) -> Iterator[str]:
    """The literals of an argument; what stands inside a call (of gettext, as a rule) is that call's business."""
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.JoinedStr() | ast.BinOp() | ast.List() | ast.IfExp():
            for part in ast.iter_child_nodes(node):
                yield from texts_of(part)


def is_text(value: str) -> bool:
    for name in NAMES:
        value = value.replace(name, "")
    return any(letter.isalpha() for letter in value)


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('label.setText("Refresh")', ["Refresh"]),
        ('QLabel(f"Rows {n}")', ["Rows "]),
        ('QLabel(_("Refresh"))', []),
        ('label.setText("−")', []),
        ('self.setWindowTitle(title + " · Tidewatch 观潮")', []),
        ('label.setText("Rows: " + _("none"))', ["Rows: "]),
        ('label.setText(_("none") if n else "some")', ["some"]),
        ('label.setObjectName("refresh")', []),
    ],
)
def test_a_literal_on_the_screen_is_seen(source: str, found: list[str]) -> None:
    assert [text for _, text in literal_texts(ast.parse(source))] == found


def test_no_literal_reaches_the_screen() -> None:
    faults = [
        f"{path.relative_to(REPOSITORY)}:{line}: {text!r}"
        for path in sorted((REPOSITORY / "ui").rglob("*.py"))
        for line, text in literal_texts(ast.parse(path.read_text("utf-8")))
    ]
    assert faults == []


def test_the_domain_never_speaks() -> None:
    """`alerts` and `exposures` return findings; words are formed above them."""
    speaking = [
        str(path.relative_to(REPOSITORY))
        for floor in ("alerts", "exposures")
        for path in sorted((REPOSITORY / floor).rglob("*.py"))
        if "gettext" in path.read_text("utf-8")
    ]
    assert speaking == []
