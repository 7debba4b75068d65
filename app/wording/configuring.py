"""The bank's settings in words: what each means, and what stops working while it is blank."""

from collections.abc import Callable, Mapping
from typing import Any

from app.i18n import gettext as _

Values = Mapping[str, Any]


def meaning(key: str) -> str:
    """What a setting says."""
    return {
        "bank.net_capital": _("The group's net capital, in the book's currency"),
        "bank.reserve_ratios": _("Reserve for country risk in percent of exposure, by level"),
        "bank.reserves_held": _("The reserve held for each country or region"),
        "bank.pd_scale": _("Probability of default in percent, by the bank's grade"),
        "bank.securities_haircut": _("What is taken off securities held as collateral, in percent"),
        "bank.lgd_floor": _("The least loss given default, in percent"),
        "bank.minimum_classes": _("The best class that a claim can have, by level of country risk"),
        "bank.late_across_banks": _("Percent of its debt at all banks over 90 days late, by counterparty"),
        "reviews.home": _("The home country, which is never flagged"),
        "reviews.policy_list": _("Countries and regions that are always flagged (tier B)"),
        "reviews.minimum_amount": _("Subjects below this amount are not screened"),
        "reviews.due_days": _("Bank business days until an item is due, by priority"),
        "reviews.reduce_to_limit": _("L3 brings a country back to this percent of its limit"),
        "reviews.reduce_to_exposure": _("L3 brings a tier A country down to this percent of its exposure"),
        "reviews.funding_cap": _("The most funding from one country, as a percent of all liabilities"),
        "reviews.currency_tolerance": _("How far the net position in a local currency may lie from zero"),
        "reviews.exempt_lending": _("What L4 exempts: trade (up to 180 days), cash (covered in full)"),
        "reviews.approval_tiers": _("The most that each approval tier but the top may approve, ascending"),
        "reviews.tenor_limit": _("Years beyond which a project needs credit insurance"),
        "reviews.tier_1": _("The group's tier 1 capital, in the book's currency"),
        "reviews.derivative_add_on": _("The add-on on derivatives, in percent of the notional"),
        "reviews.notionals": _("The notional of each derivative, by line number"),
        "reviews.settlements_ahead": _("Payments within 5 business days by counterparty, not against payment"),
        "reviews.income": _("Income of 12 months by booking entity and country, as ENTITY/COUNTRY"),
        "reviews.income_hurdle": _("The least income in percent of the average exposure"),
        "reviews.loss_between": _("What others lose of a claim when who owes it fails, in percent"),
        "reviews.failure_share": _("The percent of its capital that a counterparty loses and fails"),
        "reviews.lgd": _("What the bank loses of its own claims when who owes them fails, in percent"),
        "reviews.marks": _("What the lists' criteria count from, as {example}").format(example="l2.share"),
        "reviews.rating_scale": _("The bank's grades, best first, each with an agency's"),
        "reviews.owners": _("Who owns the items of a booking entity or of a relationship manager"),
        "reviews.holds": _("Clients who get no letter: recovery, litigation or sanctions, by counterparty"),
        "reviews.time_zone": _("Where the bank's day begins and ends"),
        "reviews.holidays": _("Weekdays on which the bank is shut beside the Chinese public holidays"),
        "reviews.make_up_days": _("Weekend days on which the bank works beside the Chinese make-up days"),
        "report.bank": _("The bank's name on the cover of its reports"),
        "attachments.most_megabytes": _("How many megabytes an attached file may have"),
        "notices.addressees": _("Name, email and language of who is written to, by booking entity or counterparty"),
        "notifications.mail_server": _("The host of the bank's mail server"),
        "notifications.mail_port": _("The mail server's port"),
        "notifications.mail_security": _("How the way to the mail server is protected: starttls, tls, none"),
        "notifications.mail_user": _("The account at the mail server"),
        "notifications.mail_sender": _("The address that mail comes from"),
        "notifications.webhook_url": _("Where notices are posted"),
        "notifications.webhook_families": _("Families of rules whose alerts are posted; blank: all"),
        "notifications.webhook_least": _("The mildest severity that is posted"),
        "notifications.ca_bundle": _("A PEM file with the certificates to trust instead of the system's"),
        "notifications.timeout_seconds": _("Seconds that a server may take for one step"),
        "notifications.gather_seconds": _("What happens within so many seconds goes out together"),
        "notifications.digest_from": _("From so many messages on to one reader they go out as one"),
        "notifications.give_up_hours": _("A message that fails for so many hours becomes a dead letter"),
        "notifications.repeat_hours": _("Hours after which an unacknowledged alert is told again; 0: never"),
        "notifications.client_names": _("Whether mail about alerts may name clients"),
        "notifications.inhibitions": _("Alerts that are not told while another one fires"),
    }[key]


def while_blank(key: str) -> str:
    """What does not work as long as a setting is blank; empty where the program has an answer without it."""
    return {
        "bank.net_capital": _("no major country exposure is marked"),
        "bank.reserve_ratios": _("required reserves and their gap cannot be computed"),
        "bank.reserves_held": _("the reserve gap cannot be computed"),
        "bank.pd_scale": _("expected loss cannot be computed"),
        "bank.securities_haircut": _("securities move no risk, and as collateral in L10 they count nothing"),
        "bank.lgd_floor": _("expected loss cannot be computed"),
        "bank.minimum_classes": _("no class is checked against the level of its country"),
        "bank.late_across_banks": _("no class is checked against what is late at other banks"),
        "reviews.currency_tolerance": _("L3 proposes no hedge"),
        "reviews.exempt_lending": _("L4 exempts nothing"),
        "reviews.approval_tiers": _("L5 says by how many tiers, not which tier"),
        "reviews.tenor_limit": _("L5 asks for no credit insurance"),
        "reviews.tier_1": _("L10 does not judge the share of capital"),
        "reviews.derivative_add_on": _("L10 counts derivatives at current exposure only"),
        "reviews.notionals": _("L10 counts derivatives at current exposure only"),
        "reviews.settlements_ahead": _("L10 shows no settlements ahead"),
        "reviews.income": _("L2 does not judge income"),
        "reviews.income_hurdle": _("L2 proposes no exit"),
        "reviews.lgd": _("L9 computes no knock-on loss"),
        "reviews.rating_scale": _("agency grades are read as the bank's"),
        "reviews.owners": _("every item is unassigned"),
        "reviews.holds": _("L7 leaves out nobody for litigation or sanctions"),
        "report.bank": _("reports carry no name"),
        "notices.addressees": _("notices are handed over on paper"),
        "notifications.mail_server": _("no mail is sent"),
        "notifications.webhook_url": _("nothing is posted"),
    }.get(key, "")


REFUSALS: dict[str, Callable[[Values], tuple[str, str]]] = {
    "configuring.unknown_key": lambda v: (
        _("There is no setting {key}.").format(key=v["key"]),
        _("Known: {known}.").format(known=_(", ").join(v["known"])),
    ),
    "configuring.bad_value": lambda v: (
        _("{value} is no value for {key}: {meaning}.").format(
            value=v["value"], key=v["key"], meaning=meaning(v["key"])
        ),
        _("Amounts and percents are plain decimals; tables and lists are written as JSON, such as {example}.").format(
            example='{"high": "50"}'
        ),
    ),
}
