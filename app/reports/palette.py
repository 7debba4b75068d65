"""Colours of the visual system's light theme, for paper."""

INK, SECONDARY, CAPTION = "#16222C", "#46545F", "#5D6A75"
GRID, AXIS = "#E9EDF0", "#C6CED4"
#: A past period: darker than on a screen, where the ground beside it is not white paper.
PAST = "#ECEFF2"

#: By state: colour of its words, of its shape, and of a soft ground.
STATES: dict[str, tuple[str, str, str]] = {
    "critical": ("#A61B1B", "#C62828", "#FBE9E8"),
    "warning": ("#7F4A00", "#DB7B00", "#FCF0DC"),
    "watch": ("#28538F", "#3D6DB0", "#E7EEF8"),
    "ok": ("#1B6547", "#2F8462", "#E4F2EB"),
    "nodata": ("#5D6A75", "#84919C", "#ECEFF2"),
}

#: Colours that mean the same line everywhere.
LINES: dict[str, str] = {
    "total_assets": "#27496F",
    "reserves": "#0E7C8B",
    "on_rrp": "#6E5BB4",
    "single": "#16222C",
}
