"""Words for what is wrong in a rule file: the line, the rule, the field and the problem."""

from alerts.finding import Finding
from app.i18n import gettext as _


def fault(finding: Finding) -> str:
    """One fault of a rule file, with its line where it is known."""
    values, problem = finding.values, finding.case.removeprefix("rulefile.")
    if problem == "syntax":
        return _("The rule file is not valid TOML: {problem}").format(problem=values["problem"])
    what = _problems().get(problem, problem).format(value=values["value"])
    if values["line"] is None:
        return _("Rule {rule}, field {field}: {what}").format(
            rule=values["rule"] or "?", field=values["field"], what=what
        )
    return _("Line {line}, rule {rule}, field {field}: {what}").format(
        line=values["line"], rule=values["rule"] or "?", field=values["field"], what=what
    )


def _problems() -> dict[str, str]:
    return {
        "missing": _("is missing"),
        "unknown_field": _("is not a field of a rule"),
        "unknown": _("{value} is not one of the known ones"),
        "duplicate": _("there is another rule with the id {value}"),
        "not_text": _("is not a text"),
        "not_whole": _("is not a whole number"),
        "not_a_number": _("is not a number"),
        "not_a_flag": _("is neither true nor false"),
        "not_a_table": _("is not a table"),
        "not_tables": _("must be a list of [[rule]] tables"),
        "out_of_range": _("{value} is out of range"),
        "negative": _("{value} is below what is possible"),
        "too_long": _("is longer than 64 characters"),
        "beyond_threshold": _("the recovery threshold lies beyond the threshold"),
        "other_direction": _("warning and critical compare in different directions"),
        "milder_than_warning": _("critical is milder than warning"),
    }
