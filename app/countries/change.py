"""Why a score changed: by how much each input moved it, and what appearing and vanishing inputs did (CALCULATIONS 7).

Δ(w·s/Σw) per input that counts on both days; one row for those that count on one of them only. The rows sum to the
change.
"""

from dataclasses import dataclass
from decimal import Decimal

from alerts.finding import Finding
from app.countries.score import Part, Score

#: The row of the inputs that count on one of the two days only.
APPEARED_OR_VANISHED = "appeared_or_vanished"
#: A score that moves by less than this stands still, in points [choice].
STILL = Decimal("0.5")


@dataclass(frozen=True, slots=True)
class Move:
    """What one input did to the score, in points; `before` and `after` are its parts (None in the last row)."""

    input: str
    points: Decimal
    before: Part | None = None
    after: Part | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """Two scores of one country and what lies between them: the largest move first, the last row at the end."""

    before: Score
    after: Score
    points: Decimal
    moves: tuple[Move, ...]
    came_or_went: tuple[str, ...]  # the inputs behind the last row

    @property
    def drivers(self) -> tuple[Move, ...]:
        """The moves in the direction of the change, the largest first."""
        up = self.points > 0
        found = [move for move in self.moves if move.points and (move.points > 0) == up]
        return tuple(sorted(found, key=lambda move: -abs(move.points)))


def explain(before: Score, after: Score) -> Change | None:
    """What changed between two days; None where either has no score."""
    if before.value is None or after.value is None:
        return None
    earlier = {part.input.id: part for part in before.parts if part.share is not None}
    later = {part.input.id: part for part in after.parts if part.share is not None}
    both = [id for id in later if id in earlier]
    moves = [Move(id, _share(later[id]) - _share(earlier[id]), earlier[id], later[id]) for id in both]
    moves.sort(key=lambda move: -abs(move.points))
    appeared = [id for id in later if id not in earlier]
    vanished = [id for id in earlier if id not in later]
    rest = sum((_share(later[id]) for id in appeared), Decimal(0))
    rest -= sum((_share(earlier[id]) for id in vanished), Decimal(0))
    if appeared or vanished:
        moves.append(Move(APPEARED_OR_VANISHED, rest))
    return Change(before, after, after.value - before.value, tuple(moves), (*appeared, *vanished))


def finding(now: Score, change: Change | None) -> Finding:
    """Cases: score.none, score.alone (no earlier score), score.still, score.up, score.down."""
    values: dict[str, object] = {
        "value": now.value,
        "state": now.state.value,
        "coverage": now.coverage,
        "lacking": tuple(part.input.id for part in now.lacking),
        "low": now.low,
        "high": now.high,
    }
    if now.value is None:
        return Finding("score.none", values)
    if change is None:
        return Finding("score.alone", values)
    drivers = tuple(move.input for move in change.drivers[:2])
    values |= {"change": change.points, "since": change.before.on, "drivers": drivers}
    if abs(change.points) < STILL:
        return Finding("score.still", values)
    return Finding("score.up" if change.points > 0 else "score.down", values)


def _share(part: Part) -> Decimal:
    assert part.share is not None
    return part.share
