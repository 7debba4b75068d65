"""What must never stand in a letter to a client: what we think of him, our own marks, and anybody else's name.

Each line of the rules about letters (classification, grade, limit, score, watch list, other clients) is a kind here;
a letter in which one is found is not stored, whoever wrote its template.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

#: A name of fewer letters is too common a word to be looked for.
_SHORTEST = 4


class Secret(StrEnum):
    """What was given away."""

    CLASS = "class"
    GRADE = "grade"
    LIMIT = "limit"
    SCORE = "score"
    WATCH_LIST = "watch_list"
    OTHER_CLIENT = "other_client"


@dataclass(frozen=True, slots=True)
class Leak:
    """One place: what kind of secret, and the words that give it away."""

    secret: Secret
    words: str


#: Words of either language that name what is ours alone; "limited" is no limit.
_WORDS: tuple[tuple[Secret, str], ...] = (
    (Secret.CLASS, r"special mention|substandard|doubtful|non-performing|impair\w*|stage [123]\b|classif\w+"),
    (Secret.CLASS, r"关注类|次级|可疑类|损失类|不良|五级分类|减值阶段"),
    (Secret.GRADE, r"\brating\b|\bgrade[sd]?\b|\bdowngrad\w*|评级|信用等级|下调"),
    (Secret.LIMIT, r"\blimits?\b|\bheadroom\b|限额|额度上限|授信上限"),
    (Secret.SCORE, r"\bscor(?:e|ed|es|ing)\b|评分|打分"),
    (Secret.WATCH_LIST, r"\bwatch[- ]?list\w*|\bflagged\b|\btier [AB]\b|\bL(?:10|[1-9])(?:-\d+)?\b"),
    (Secret.WATCH_LIST, r"观察名单|关注国别|关注名单|排查清单|风险名单"),
)
_PATTERNS = tuple((secret, re.compile(pattern, re.IGNORECASE)) for secret, pattern in _WORDS)


def leaks_to_client(text: str, own: str, others: Iterable[str], grades: Iterable[str] = ()) -> tuple[Leak, ...]:
    """What a letter to the client `own` gives away; `others` are the names of everybody else in the book, `grades` the
    ratings that the client's lines carry.
    """
    plain = text.replace(own, " ")  # a name like "Score Holding" gives nothing away
    found = [Leak(secret, match[0]) for secret, pattern in _PATTERNS for match in pattern.finditer(plain)]
    found += [
        Leak(Secret.GRADE, grade)
        for grade in grades
        if grade and re.search(rf"(?<![\w+-]){re.escape(grade)}(?![\w+-])", plain)
    ]
    return (*found, *leaks_of_others(plain, others))


def leaks_of_others(text: str, others: Iterable[str]) -> tuple[Leak, ...]:
    """Names of clients that the reader is not to read: for an institution those of other booking entities."""
    lowered = text.casefold()
    return tuple(
        Leak(Secret.OTHER_CLIENT, name)
        for name in sorted(set(others))
        if len(name) >= _SHORTEST and name.casefold() in lowered
    )
