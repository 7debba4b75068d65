"""The words of refreshing: what was wrong with a source, a file or a unit, and what to do next."""

from collections.abc import Mapping
from typing import Any

from app.i18n import gettext as _
from app.wording.formats import day, number


def _size(value: float) -> str:
    return number(value, 0 if abs(value) >= 100 else 3)


def _sizes(v: Mapping[str, Any]) -> dict[str, Any]:
    """The values with magnitudes and days as people read them."""
    sizes = {
        name: _size(v[name]) for name in ("batch", "stored", "low", "high", "before", "after", "expected") if name in v
    }
    return {**v, **sizes, **({"day": day(v["day"])} if "day" in v else {})}


def _line(what: str, v: Mapping[str, Any]) -> tuple[str, str]:
    return (
        what.format(**v),
        _("Nothing of it was stored. Download it again; if it stays so, the source has changed its format."),
    )


def _accept(v: Mapping[str, Any]) -> str:
    return _(
        "Nothing was stored. If the source now publishes {suggested}, run: tidewatch series accept-unit {series} "
        '--unit "{suggested}"'
    ).format(suggested=v["suggested"], series=v["series"])


REFUSALS = {
    "series.unknown": lambda v: (
        _("There is no series or figure {series}.").format(**v),
        _("See: tidewatch series list."),
    ),
    "series.unit": lambda v: (
        _("A series cannot be converted to {unit}.").format(unit=v["unit"]),
        _("Possible units: {units}.").format(units=_(", ").join(v["known"])),
    ),
    "series.unit_jump": lambda v: (
        _(
            "{series} from {source} looks like another unit: on {dates} dates it has about {batch} where {stored} is "
            "stored (in {unit})."
        ).format(**_sizes(v)),
        _accept(v),
    ),
    "series.unit_range": lambda v: (
        _(
            "{series} from {source} looks like another unit: its median is {batch}, plausible are {low} to {high} "
            "(in {unit})."
        ).format(**_sizes(v)),
        _accept(v),
    ),
    "series.unit_step": lambda v: (
        _(
            "{series} from {source} changes its unit on the way: about {before} before {day}, about {after} from then "
            "on (in {unit})."
        ).format(**_sizes(v)),
        _(
            "Nothing was stored. Download the file again: one file has one unit. If the whole of it is in {suggested} "
            'then, run: tidewatch series accept-unit {series} --unit "{suggested}"'
        ).format(suggested=v["suggested"], series=v["series"]),
    ),
    "series.unit_fractions": lambda v: (
        _(
            "{series} from {source} looks like {suggested}: its median is {batch} with fractions, where whole numbers "
            "about {expected} are expected (in {unit})."
        ).format(**_sizes(v) | {"batch": number(v["batch"], 3)}),
        _accept(v),
    ),
    "balance_sheet.no_data": lambda v: (
        _("There is no balance sheet of {day}.").format(day=day(v["date"])),
        _("The last one before it is of {day}.").format(day=day(v["nearest"]))
        if v["nearest"]
        else _("Run tidewatch refresh, or take in files with --from-folder."),
    ),
    "source.unknown": lambda v: (
        _("There is no source {source}.").format(source=v["source"]),
        _("Sources: {sources}.").format(sources=_(", ").join(v["known"])),
    ),
    "folder.missing": lambda v: (
        _("There is no folder {folder}.").format(folder=v["folder"]),
        _("Name the folder that holds the downloaded files."),
    ),
    "source.empty": lambda v: _line(_("{name} is empty."), v),
    "source.archive": lambda v: _line(_("{name} is an archive (ZIP), not a CSV file."), v),
    "source.html": lambda v: _line(_("{name} is a web page (an error or maintenance page), not a CSV file."), v),
    "source.not_text": lambda v: _line(_("{name} is not a text file."), v),
    "source.date": lambda v: _line(_("{name}, line {line}: “{cell}” is not a date."), v),
    "source.number": lambda v: _line(_("{name}, line {line}: “{cell}” is not a number."), v),
    "source.truncated": lambda v: _line(
        _("{name}, line {line}: {cells} cells where {expected} are expected; the file was cut short."), v
    ),
    "source.twice": lambda v: _line(_("{name}, line {line}: {day} stands there twice."), v),
    "source.header": lambda v: _line(_("{name} begins with “{header}” where “{expected}…” is expected."), v),
    "source.unit": lambda v: _line(_("{name}: {column} is in {unit}, not in US dollars with a known multiplier."), v),
    "source.json": lambda v: _line(_("{name} cannot be read as JSON: {detail}."), v),
    "source.column": lambda v: _line(
        _("{name} has no “{column}” (found: {found}): it was renamed, or the file is another one."), v
    ),
    "source.structure": lambda v: _line(
        _("{name}: the data have the dimensions {found}, expected were {expected}."), v
    ),
    "source.incomplete": lambda v: _line(
        _("{name} holds {rows} rows of {total}: the answer is only its first page."), v
    ),
    "source.account": lambda v: _line(
        _("{name} has no closing balance of the Treasury's account under a known name (found: {found})."), v
    ),
    "source.flag": lambda v: _line(_("{name}, line {line}: “{status}” is no known status of an observation."), v),
    "source.cut": lambda v: _line(_("{name} ends before its end, or is damaged: {detail}."), v),
    "source.said": lambda v: (
        _("{name} holds an error of the source: {detail}.").format(**v),
        _("The old data stays. Try again later; if it stays so, the source has changed."),
    ),
    "source.unknown_series": lambda v: (
        _("{name} holds no series the program knows ({found}).").format(**v),
        _("See: tidewatch series list."),
    ),
    "source.unrecognised": lambda v: (
        _("{name} has the form of no source.").format(**v),
        _("It was left out."),
    ),
    "source.unreadable": lambda v: (
        _("{name} cannot be read: {detail}.").format(**v),
        _("Check the rights on the file."),
    ),
    "source.too_large": lambda v: (
        _("{name} is larger than {most} bytes.").format(**v),
        _("It was left out; no file of these sources is that large."),
    ),
    "source.unreachable": lambda v: (
        _("{source} cannot be reached for {name}: {detail}.").format(**v),
        _("The old data stays. Check the network, or set proxy, ca_bundle or base_url in sources.toml."),
    ),
    "source.status": lambda v: (
        _("{source} answered {status} for {name}.").format(**v),
        _("The old data stays. Try again later."),
    ),
    "source.settings": lambda v: (
        _("The settings of {source} cannot be used: {detail}.").format(**v),
        _("Correct proxy or ca_bundle in sources.toml."),
    ),
    "credentials.needed": lambda v: (
        _("{source} wants a key, and there is none.").format(**v),
        _("Get one at {page}, then run: tidewatch sources key set {source}").format(**v),
    ),
    "credentials.refused": lambda v: (
        _("{source} does not accept the key.").format(**v),
        _("Look at it again, then run: tidewatch sources key set {source}").format(**v),
    ),
    "credentials.empty": lambda v: (
        _("That is no key for {source}.").format(**v),
        _("A key is one word of letters and figures; paste it whole."),
    ),
    "credentials.no_safe": lambda v: (
        _("This system has no safe that keeps the key of {source}.").format(**v),
        _("Give it to the program in the environment variable {variable}.").format(**v),
    ),
    "credentials.environment": lambda v: (
        _("The key of {source} comes from the environment variable {variable}.").format(**v),
        _("Take it away there."),
    ),
    "credentials.not_wanted": lambda v: (
        _("{source} is open to everybody: it wants no key.").format(**v),
        _("See: tidewatch sources list."),
    ),
    "credentials.none": lambda v: (
        _("There is no key of {source} to remove.").format(**v),
        _("See: tidewatch sources list."),
    ),
    "settings.unreadable": lambda v: (
        _("{file} is not a valid TOML file: {detail}.").format(**v),
        _("Correct it, or remove it to use the defaults."),
    ),
    "settings.wrong": lambda v: (
        _("{file}: {key} must be of the kind {expected}.").format(**v),
        _("Correct it, or remove the line to use the default."),
    ),
    "settings.unknown": lambda v: (
        _("{file}: there is no setting {key}.").format(file=v["file"], key=v["key"]),
        _("Known settings: {known}.").format(known=_(", ").join(v["known"])),
    ),
}
