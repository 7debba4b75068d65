"""From messages in the outbox to the letter that goes out: in the reader's language, or as JSON for a program."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime

from app import i18n
from app.notifications import rendering
from app.notifications.delivery import Letter
from app.storage.outbox import Channel, Content, Message, Reader, key_of
from app.wording import letters as words


def key(messages: Sequence[Message]) -> str:
    """A letter's own key: that of the one message in it, or one made of all of theirs."""
    return messages[0].key if len(messages) == 1 else key_of(*sorted(one.key for one in messages))


def letter(messages: Sequence[Message], reader: Reader | None, to: str) -> Letter:
    """What goes out at once, oldest first; `reader` None: for a program, or for an address that is nobody's here."""
    ordered = sorted(messages, key=lambda one: (one.at, one.id))
    keys = tuple(one.key for one in ordered)
    if ordered[0].channel is Channel.WEBHOOK:
        return Letter(key(ordered), keys, "", "", "", "", body(ordered))
    with i18n.speaking(reader.language if reader is not None else "en"):
        if ordered[0].kind is Content.TEST:
            mail = words.trial_mail(keys[0], str(ordered[0].facts["who"]), ordered[0].at)
        else:
            mail = words.alert_mail([(one.key, one.facts) for one in ordered])
        return Letter(key(ordered), keys, to, mail.subject, rendering.text(mail), rendering.html(mail), b"")


def body(messages: Sequence[Message]) -> bytes:
    """What the webhook posts: the same bytes at every attempt of the same messages."""
    notices = [
        {"key": one.key, "kind": one.kind.value, "at": _instant(one.at), **_told(one)}
        for one in sorted(messages, key=lambda one: (one.at, one.id))
    ]
    said = {"version": 1, "key": key(messages), "digest": len(messages) > 1, "notices": notices}
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _told(one: Message) -> dict[str, object]:
    """The facts in codes, with the English title; wording in other languages is for people."""
    facts = dict(one.facts)
    spoken = facts.pop("words", {}).get("en")
    return facts | ({"title": spoken["title"]} if spoken else {})


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")
