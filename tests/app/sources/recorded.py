"""Reading the recorded answers beside the repository (VCR cassettes) without a YAML library: addresses and bodies."""

import json
import re
from pathlib import Path

_ANSWER = re.compile(r"\n    uri: (\S+)\n.*?\n  response:\n.*?\n      string: (.*?)\n  recorded_at:", re.DOTALL)


def answers(cassette: Path) -> dict[str, bytes]:
    """The body of every answer, by address. A quoted scalar's line breaks are folded into one space."""
    found = _ANSWER.findall(cassette.read_text(encoding="utf-8"))
    return {address: _scalar(text).encode() for address, text in found}


def _scalar(text: str) -> str:
    folded = re.sub(r"\\\n\s*\\?", "", text) if text.startswith('"') else text
    folded = re.sub(r"[ \t]*\n\s*", " ", folded)
    if text.startswith('"'):
        whole: str = json.loads(re.sub(r"\\x([0-9A-F]{2})", r"\\u00\1", folded))
        return whole
    return folded[1:-1].replace("''", "'")
