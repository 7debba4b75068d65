"""The program's texts and their translations: extract, update, compile, check.

python installer/catalogues.py extract   writes app/locale/tidewatch.pot from the source
python installer/catalogues.py update    extract, then brings every tidewatch.po to it (new texts stand empty)
python installer/catalogues.py compile   writes the .mo files that the program reads; set-up and the wheel do this
python installer/catalogues.py check     lists what is missing, stale, fuzzy or has other {fields}; exit 1 if any

After changing a text: `update`, translate the empty entries of the .po file, `check`.
"""

import string
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

from babel.messages import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "app" / "locale"
TEMPLATE = LOCALE / "tidewatch.pot"
#: The floors that speak; `alerts` and `exposures` never do.
SPEAKING = ("app", "ui")
#: The shipped rules; why each one stands is shown beside its alerts.
RULES = ROOT / "alerts" / "defaults.toml"
LANGUAGES = ("zh_CN",)
#: What Babel writes into a header and nobody here reads.
IDLE_HEADERS = (
    '"POT-Creation-Date:',
    '"PO-Revision-Date:',
    '"Last-Translator:',
    '"Report-Msgid-Bugs-To:',
    '"Language-Team:',
    '"Generated-By:',
)
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}


def translation(language: str) -> Path:
    """The file in which `language` is written."""
    return LOCALE / language / "LC_MESSAGES" / "tidewatch.po"


def extracted() -> Catalog:
    """Every text of the source, the shipped rules and the series, with the files in which it stands."""
    catalog = Catalog(charset="utf-8")
    for floor in SPEAKING:
        found = extract_from_dir(
            ROOT / floor,
            [("**.py", "python")],
            keywords=KEYWORDS,
            comment_tags=("Translators:",),
            strip_comment_tags=True,
        )
        for name, _line, message, comments, context in sorted(found, key=lambda entry: (entry[0], entry[1])):
            catalog.add(message, None, [(f"{floor}/{name}", None)], auto_comments=comments, context=context)
    for rule in tomllib.loads(RULES.read_text("utf-8"))["rule"]:
        catalog.add(rule["rationale"], None, [(RULES.relative_to(ROOT).as_posix(), None)])
    for title, name in _titles():
        catalog.add(title, None, [(name, None)])
    return catalog


def _titles() -> Iterator[tuple[str, str]]:
    """What the series are called; read from the program itself, which set-up's `compile` must not need."""
    sys.path.insert(0, str(ROOT))
    from app.series.catalogue import SERIES
    from app.series.derived import DERIVED

    for series in SERIES.values():
        yield from ((text, "app/series/catalogue.py") for text in (series.title, series.meaning) if text)
    yield from ((figure.title, "app/series/derived.py") for figure in DERIVED)


def read(path: Path, language: str | None = None) -> Catalog:
    """A .po or .pot file."""
    with path.open("rb") as file:
        return read_po(file, locale=language)


def write(path: Path, catalog: Catalog) -> None:
    """Write a .po or .pot file that changes only where its texts do: no line numbers, no date of making."""
    path.parent.mkdir(parents=True, exist_ok=True)
    catalog.project, catalog.version, catalog.fuzzy = "Tidewatch", "1", False
    catalog.header_comment = "# The texts of Tidewatch; made and checked by installer/catalogues.py."
    with path.open("wb") as file:
        write_po(file, catalog, width=120, sort_by_file=True, include_lineno=False)
    kept = [line for line in path.read_text("utf-8").splitlines() if not line.startswith(IDLE_HEADERS)]
    path.write_text("\n".join(kept).rstrip("\n") + "\n", "utf-8")


def extract() -> None:
    """Bring the template to the source."""
    write(TEMPLATE, extracted())


def update() -> None:
    """Bring the template and every translation to the source; a text that is gone goes here too."""
    extract()
    template = read(TEMPLATE)
    for language in LANGUAGES:
        path = translation(language)
        catalog = read(path, language) if path.exists() else Catalog(locale=language, charset="utf-8")
        catalog.update(template, no_fuzzy_matching=True, update_header_comment=False)
        catalog.obsolete.clear()
        write(path, catalog)


def compile_catalogues(root: Path = ROOT) -> list[Path]:
    """Write every .mo file beneath `root` and return them; one that another process reads is replaced whole."""
    made = []
    for source in sorted((root / "app" / "locale").glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        fresh = target.with_suffix(".mo.new")
        with fresh.open("wb") as file:
            write_mo(file, read(source, source.parent.parent.name))
        fresh.replace(target)
        made.append(target)
    return made


def faults() -> list[str]:
    """What keeps the catalogues from being complete and true to the source, one line a fault."""
    source = extracted()
    found = _compare("tidewatch.pot", read(TEMPLATE), source)
    for language in LANGUAGES:
        catalog = read(translation(language), language)
        found += _compare(language, catalog, source)
        found += [f"{language}: obsolete: {key}" for key in catalog.obsolete]
        for message in catalog:
            if message.id:
                found += [f"{language}: {fault}: {message.id!r}" for fault in _faults_of(message)]
    return found


def _compare(name: str, catalog: Catalog, source: Catalog) -> list[str]:
    there = {(message.context, message.id) for message in catalog if message.id}
    wanted = {(message.context, message.id) for message in source if message.id}
    return [f"{name}: missing, run update: {key}" for key in sorted(wanted - there, key=str)] + [
        f"{name}: stale, run update: {key}" for key in sorted(there - wanted, key=str)
    ]


def _faults_of(message: Message) -> list[str]:
    texts = message.string if isinstance(message.string, tuple) else (message.string,)
    if not all(texts):
        return ["not translated"]
    originals = message.id if isinstance(message.id, tuple) else (message.id,)
    wanted = _fields(originals[-1])
    return ["fuzzy"] * message.fuzzy + ["other {fields}"] * any(_fields(text) != wanted for text in texts)


def _fields(text: str) -> set[tuple[str, str | None, str | None]]:
    return {(name, form, turn) for _, name, form, turn in string.Formatter().parse(text) if name is not None}


def _check() -> int:
    found = faults()
    print("\n".join(found) or "Every text is translated.")
    return 1 if found else 0


def main() -> int:
    """Do what the first argument names."""
    actions = {"extract": extract, "update": update, "compile": compile_catalogues, "check": _check}
    if len(sys.argv) != 2 or sys.argv[1] not in actions:
        print(__doc__, file=sys.stderr)
        return 2
    result = actions[sys.argv[1]]()
    return result if isinstance(result, int) else 0


if __name__ == "__main__":
    sys.exit(main())
