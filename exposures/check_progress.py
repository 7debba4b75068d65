"""How far a daily check is: the sentence above its decisions, made from what was decided and signed."""

from collections import Counter
from collections.abc import Sequence

from alerts.finding import Finding
from exposures.checking import Decided, Verdict, overall


def progress(
    steps: Sequence[str],
    decisions: Sequence[Decided],
    maker: str | None,
    checker: str | None,
    needs_checker: bool,
    late_evidence: int = 0,
) -> Finding:
    """Nothing decided, some, all, with the checker, signed, or signed with late evidence that waits.

    Values: verdict (the worst decision), step and place (the first step that made it so), decided, steps, open, maker,
    checker, late (pieces of late evidence), and how many were decided fine, watch and act.
    """
    decided = {one.step: one for one in decisions}
    verdict = overall(decisions)
    cause = next((step for step in steps if step in decided and decided[step].decision is verdict), None)
    counts = Counter(one.decision for one in decisions)
    values: dict[str, object] = {
        "verdict": None if verdict is None else verdict.value,
        "step": cause,
        "place": None if cause is None else list(steps).index(cause) + 1,
        "decided": len(decided),
        "steps": len(steps),
        "open": len(steps) - len(decided),
        "maker": maker,
        "checker": checker,
        "late": late_evidence,
        **{verdict.value: counts[verdict] for verdict in Verdict},
    }
    if maker is None:
        if not decided:
            return Finding("check.progress.none", values)
        return Finding("check.progress.open" if len(decided) < len(steps) else "check.progress.ready", values)
    if late_evidence:
        return Finding("check.progress.late_evidence", values)
    if needs_checker and checker is None:
        return Finding("check.progress.with_checker", values)
    return Finding("check.progress.signed", values)
