"""Every sentence of the Sources page, and what it counts."""

import pytest

from alerts.finding import Finding
from app.wording.sentences import sentence

VALUES = {"series": 73, "late": 0, "empty": 0, "failed": (), "requests": 0, "off": ()}


@pytest.mark.parametrize(
    ("case", "values", "said"),
    [
        ("sources.nothing", {}, "No figure has been fetched yet."),
        ("sources.fresh", {}, "All 73 series are as new as their release calendar says."),
        ("sources.late", {"late": 1}, "1 of 73 series is later than its release calendar says."),
        (
            "sources.failed",
            {"failed": ("ddp", "fredgraph"), "requests": 3, "late": 2},
            (
                "Federal Reserve Board, FRED did not give everything: 3 requests failed. "
                "2 of 73 series are later than their release calendar says."
            ),
        ),
        (
            "sources.unusable",
            {"failed": ("ddp",)},
            "Federal Reserve Board cannot be asked: the settings file is wrong.",
        ),
        ("sources.off", {"off": ("ddp",)}, "Everything is up to date; Federal Reserve Board is switched off."),
        ("sources.gaps", {"empty": 17}, "What was fetched is up to date; 17 of 73 series have no figures."),
    ],
)
def test_the_sentence_counts_what_it_says(case: str, values: dict[str, object], said: str) -> None:
    assert sentence(Finding(case, VALUES | values)) == said
