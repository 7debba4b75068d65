"""The words about the workspace itself."""

from collections.abc import Callable, Mapping
from typing import Any

from app.i18n import gettext as _

REFUSALS: dict[str, Callable[[Mapping[str, Any]], tuple[str, str]]] = {
    "window.taken": lambda v: (
        _("Another window has the workspace {folder} open and does not answer.").format(folder=v["folder"]),
        _("Close that window, or end its process, and start again."),
    ),
    "workspace.newer": lambda values: (
        _(
            "This workspace was written by a newer program (version {version} of its tables; this one knows {known})."
        ).format(version=values["version"], known=values["known"]),
        _("Update Tidewatch, or open another workspace."),
    ),
    "workspace.locked": lambda values: (
        _("Another program is writing to this workspace and did not finish in time."),
        _("Wait for it to end, then try again."),
    ),
    "sample.other_data": lambda values: (
        _("This workspace holds other data, so no sample was made in it."),
        _("Name an empty folder: tidewatch demo --workspace DIR."),
    ),
    "sample.not_imported": lambda values: (
        _("The sample's book {file} could not be read.").format(file=values["file"]),
        _("Remove that file and run the demonstration again."),
    ),
}
