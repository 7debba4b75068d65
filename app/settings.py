"""The bank's settings, each declared once with its type, default and meaning."""

import os
import tomllib
from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import tomlkit

from app.refusals import Refused


@dataclass(frozen=True, slots=True)
class Setting:
    """One key: its type, what it is when nobody says otherwise, and what it means."""

    key: str
    kind: type
    default: Any
    explanation: str


#: What a bank may set for each public source, in a table named after it in the workspace's sources.toml.
SOURCE_SETTINGS: tuple[Setting, ...] = (
    Setting("enabled", bool, True, "Whether the source is asked at all."),
    Setting("base_url", str, None, "Where the source, or the bank's mirror of it, is reached."),
    Setting("proxy", str, None, "The proxy to go through; without one the system's is used."),
    Setting("ca_bundle", str, None, "A PEM file with the certificates to trust instead of the system's."),
    Setting("timeout_seconds", float, 30.0, "How long one request may take to connect, and between two parts of it."),
    Setting("attempts", int, 4, "How often a request is tried before the source counts as failed."),
)


@dataclass(frozen=True, slots=True)
class SourceSettings:
    """How one source is reached."""

    enabled: bool = True
    base_url: str | None = None
    proxy: str | None = None
    ca_bundle: str | None = None
    timeout_seconds: float = 30.0
    attempts: int = 4


def source_settings(path: Path, source: str) -> SourceSettings:
    """What the file says of `source`, defaults for the rest; Refused "settings.…" names the key that is wrong."""
    table = _content(path).get(source, {})
    if not isinstance(table, dict):
        raise Refused("settings.wrong", file=path.name, key=source, expected="table")
    declared = {setting.key: setting for setting in SOURCE_SETTINGS}
    for key, value in table.items():
        if key not in declared:
            raise Refused("settings.unknown", file=path.name, key=f"{source}.{key}", known=tuple(declared))
        kind = declared[key].kind
        fits = isinstance(value, (int, float) if kind is float else kind) and (kind is bool or value is not True)
        if not fits or (kind in (int, float) and value <= 0):
            raise Refused("settings.wrong", file=path.name, key=f"{source}.{key}", expected=kind.__name__)
    return SourceSettings(**table)


def put_source_settings(path: Path, source: str, settings: SourceSettings) -> None:
    """Write what differs from the defaults into the table of `source`, whole or not at all.

    Everything else in the file stays as it was typed, comments included; a value that changes keeps the comment on
    its line, and a table that is emptied stays where a comment stands in it. Refused "settings.unreadable".
    """
    content, defaults = _content(path), SourceSettings()
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    keys = [setting.key for setting in SOURCE_SETTINGS]
    content[source] = {key: getattr(settings, key) for key in keys if getattr(settings, key) != getattr(defaults, key)}
    if not content[source] and "#" not in tomlkit.item(tomlkit.parse(text).get(source, {})).as_string():
        del content[source]
    waiting = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    waiting.write_text(rewritten(text, content), encoding="utf-8")
    waiting.replace(path)


def rewritten(text: str, content: Mapping[str, Any]) -> str:
    """A TOML text that says `content` and is otherwise as it was typed: comments, order and spaces stay."""
    document = tomlkit.parse(text)
    _merge(document, content)
    return tomlkit.dumps(document)


def _merge(table: MutableMapping[str, Any], content: Mapping[str, Any]) -> None:
    for key in [key for key in table if key not in content]:
        del table[key]
    for key, value in content.items():
        there = table.get(key)
        if isinstance(value, Mapping) and isinstance(there, MutableMapping):
            _merge(there, value)
        elif there is None or there != value or isinstance(there, bool) != isinstance(value, bool):
            table[key] = value


def plain_settings(settings: SourceSettings) -> Mapping[str, Any]:
    """Every key with its value, for the audit trail."""
    return {setting.key: getattr(settings, setting.key) for setting in SOURCE_SETTINGS}


def _content(path: Path) -> dict[str, Any]:
    if not path.exists():
        return {}
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Refused("settings.unreadable", file=path.name, detail=str(error)) from None


#: What the bank sets about its review lists, kept in the workspace's store. None is blank: nothing is assumed for it.
REVIEW_SETTINGS: tuple[Setting, ...] = (
    Setting("home", str, "CN", "The home country, which is never flagged."),
    Setting("minimum_amount", str, "1000000", "Subjects below this amount of the reporting currency are not screened."),
    Setting(
        "due_days",
        dict,
        {"high": 5, "medium": 10, "low": 20, "minor": 30},
        "Bank business days until an item is due, by priority; 1 to 366.",
    ),
    Setting("reduce_to_limit", str, "80", "L3 brings a country back to this percent of its limit."),
    Setting("reduce_to_exposure", str, "90", "L3 brings a tier A country down to this percent of its exposure."),
    Setting("funding_cap", str, "5", "The most funding from one country, as a percent of all liabilities."),
    Setting(
        "currency_tolerance",
        str,
        None,
        "How far the net position in a local currency may lie from zero, in the reporting currency; blank: not known.",
    ),
    Setting("exempt_lending", list, [], "What L4 exempts: trade (self-liquidating, up to 180 days), cash (covered)."),
    Setting("approval_tiers", list, None, "The most that each approval tier but the top may approve, ascending (L5)."),
    Setting("tenor_limit", str, None, "Years beyond which L5 asks for credit insurance; blank: not judged."),
    Setting("tier_1", str, None, "The group's tier 1 capital (L10); blank: its share is not judged."),
    Setting("derivative_add_on", str, None, "Add-on in percent of the notional (L10); blank: current exposure only."),
    Setting("notionals", dict, {}, "Notional of each derivative by line number (L10)."),
    Setting("settlements_ahead", dict, {}, "Payments within 5 business days by counterparty, without PvP (L10)."),
    Setting("income", dict, {}, "Income of 12 months by booking entity and country, keys as ENTITY/COUNTRY (L2)."),
    Setting("income_hurdle", str, None, "The least income in percent of the average exposure (L2); blank: no exit."),
    Setting("loss_between", str, "60", "What others lose of a claim when who owes it fails, in percent (L9)."),
    Setting("failure_share", str, "100", "The percent of its capital that a counterparty loses and fails (L9)."),
    Setting("lgd", str, None, "What the bank loses of its own claims, in percent (L9); blank: no loss is computed."),
    Setting("marks", dict, {}, "What the lists' criteria count from, as l2.share; one that is not set is as shipped."),
    Setting("rating_scale", list, None, "The bank's grades, best first, each with an agency's; blank: the agencies'."),
    Setting("owners", dict, {}, "Who owns the items of a booking entity or of a relationship manager."),
    Setting("holds", dict, {}, "Clients who get no letter (L7): recovery, litigation or sanctions, by counterparty."),
    Setting("time_zone", str, "Asia/Shanghai", "Where the bank's day begins and ends."),
    Setting("holidays", list, [], "Weekdays on which the bank is shut beside the Chinese public holidays."),
    Setting("make_up_days", list, [], "Weekend days on which the bank works beside the Chinese make-up days."),
)

#: What the bank sets about its reports.
REPORT_SETTINGS: tuple[Setting, ...] = (Setting("bank", str, "", "The bank's name on the cover of its reports."),)

#: What the bank sets about its capital and its reserves. All of it is blank as shipped: a figure that needs one of them
#: "cannot be computed", it is never zero and never the regulator's. Amounts are in the book's currency.
BANK_SETTINGS: tuple[Setting, ...] = (
    Setting("net_capital", str, None, "The group's net capital; blank: no major country exposure is marked."),
    Setting(
        "reserve_ratios",
        dict,
        {},
        "Reserve for country risk in percent of the exposure, by level: low, relatively_low, medium, relatively_high, "
        "high; blank: no reserve is required or missing.",
    ),
    Setting("reserves_held", dict, {}, "The reserve held for each country or region; blank: its gap is not known."),
    Setting("pd_scale", dict, {}, "Probability of default in percent, by the bank's grade; blank: no expected loss."),
    Setting(
        "securities_haircut",
        str,
        None,
        "What is taken off securities held as collateral, in percent; blank: they move no risk and count nothing.",
    ),
    Setting("lgd_floor", str, None, "The least loss given default, in percent; blank: no expected loss."),
    Setting(
        "minimum_classes",
        dict,
        {},
        "The best class of a claim, by the level of its country's risk, as low = pass; blank: not checked by level.",
    ),
    Setting(
        "late_across_banks",
        dict,
        {},
        "Percent of its debt at all banks over 90 days late, by counterparty; blank: not checked across banks.",
    ),
)

#: How people and programs are told. Passwords and the webhook's secret are kept in the system's safe, not here.
NOTIFICATION_SETTINGS: tuple[Setting, ...] = (
    Setting("mail_server", str, "", "The host of the bank's mail server; blank: no mail is sent."),
    Setting("mail_port", int, 587, "Its port: 587 with STARTTLS, 465 with TLS from the start."),
    Setting("mail_security", str, "starttls", "starttls, tls, or none (no password is sent then)."),
    Setting("mail_user", str, "", "The account at the mail server; blank: none is needed."),
    Setting("mail_sender", str, "", "The address that mail comes from."),
    Setting("webhook_url", str, "", "Where notices are posted; blank: nowhere. https, or http on this computer."),
    Setting("webhook_families", list, [], "Families of rules whose alerts are posted; blank: all."),
    Setting("webhook_least", str, "warning", "The mildest severity that is posted: warning or critical."),
    Setting("ca_bundle", str, "", "A PEM file with the certificates to trust instead of the system's."),
    Setting("timeout_seconds", int, 10, "How long a server may take for one step."),
    Setting("gather_seconds", int, 30, "What happens within so many seconds goes out together."),
    Setting("digest_from", int, 4, "From so many messages on to one reader they go out as one."),
    Setting("give_up_hours", int, 72, "A message that fails for so long becomes a dead letter."),
    Setting("repeat_hours", int, 0, "An alert that nobody acknowledged is told again after so many hours; 0: never."),
    Setting("client_names", bool, False, "Whether mail about alerts may name clients."),
    Setting("inhibitions", list, [], "Alerts not told while another fires: source, target, equal labels."),
)

#: How risk notices find their readers.
NOTICE_SETTINGS: tuple[Setting, ...] = (
    Setting("addressees", dict, {}, "Name, email and language by booking entity (L6) or counterparty (L7)."),
)

#: Files that people attach to items, countries and counterparties.
ATTACHMENT_SETTINGS: tuple[Setting, ...] = (
    Setting("most_megabytes", int, 20, "How many megabytes an attached file may have."),
)

#: Every room of settings in the workspace's store.
ROOMS: Mapping[str, tuple[Setting, ...]] = {
    "bank": BANK_SETTINGS,
    "reviews": REVIEW_SETTINGS,
    "report": REPORT_SETTINGS,
    "notifications": NOTIFICATION_SETTINGS,
    "notices": NOTICE_SETTINGS,
    "attachments": ATTACHMENT_SETTINGS,
}
