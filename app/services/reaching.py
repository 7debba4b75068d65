"""The channels by which people and programs are told, from the bank's settings and the system's safe."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from app.credentials import Keys
from app.notifications.delivery import Way
from app.notifications.mail import MailWay, Security
from app.notifications.webhook import WebhookWay
from app.services.delivering import Ways
from app.storage.outbox import Channel

#: Under which name the safe keeps a channel's password or secret.
SECRETS: Mapping[Channel, str] = {Channel.MAIL: "smtp", Channel.WEBHOOK: "webhook"}


def ways(keys: Keys) -> Ways:
    """The bank's channels from its settings and the system's safe."""

    def made(bank: Mapping[str, Any], now: datetime) -> Mapping[Channel, Way]:
        found: dict[Channel, Way] = {}
        bundle, seconds = bank["ca_bundle"], float(bank["timeout_seconds"])
        if bank["mail_server"] and bank["mail_sender"]:
            user = bank["mail_user"]
            found[Channel.MAIL] = MailWay(
                bank["mail_server"],
                bank["mail_port"],
                Security(bank["mail_security"]),
                bank["mail_sender"],
                now,
                user,
                (keys.find(SECRETS[Channel.MAIL]) or "") if user else "",
                bundle,
                seconds,
            )
        if bank["webhook_url"]:
            secret = keys.find(SECRETS[Channel.WEBHOOK]) or ""
            found[Channel.WEBHOOK] = WebhookWay(bank["webhook_url"], secret, now, bundle, seconds)
        return found

    return made


def open_channels(bank: Mapping[str, Any]) -> frozenset[Channel]:
    """The channels that are set up."""
    found = {Channel.MAIL} if bank["mail_server"] and bank["mail_sender"] else set()
    return frozenset(found | ({Channel.WEBHOOK} if bank["webhook_url"] else set()))
