"""Why a person may not do something: what stands beneath a button that is grey for its role."""

from app.bootstrap import Program
from app.wording.persons import needs


def barred(program: Program, action: str) -> str:
    """Why the acting person's role is not enough for an action of the audit trail ("limits.set"); "" where it is.

    Asks the store: for a worker.
    """
    if program.staffing.may(action):
        return ""
    return needs(action, program.staffing.acting().role.value, program.staffing.least(action).value)
