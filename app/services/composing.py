"""What a risk notice says: its text from the template, held against what its reader must not know, and its paper."""

from datetime import date, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from app import i18n
from app.notifications import templating
from app.notifications.templating import Text
from app.paths import Workspace
from app.refusals import Refused
from app.services.reviewing import Reviewing
from app.services.surveying import Surveying
from app.settings import REPORT_SETTINGS, REVIEW_SETTINGS
from app.storage import facts, settings, templates
from app.storage.database import Database
from app.storage.notices import Notice, Step
from app.wording import noticing as words
from exposures.lines import counterparty_keys
from exposures.reviews.confidential import Leak, leaks_of_others, leaks_to_client
from exposures.reviews.item import ReviewItem
from exposures.reviews.made import Making

#: Lists whose items are told to somebody outside, and the template each takes.
TEMPLATES = {"L6": "institution", "L7": "client"}
#: Lists of which an institution reads what they have on it.
_TOLD = ("L1", "L2", "L3", "L4", "L5")
#: A template is nobody's letter yet: no name in it is its reader's own.
_NOBODY = "\0"
#: What falls due within so long is told to a client.
_DUE = timedelta(days=30)


class Composing:
    """Reads only; `text` is in the addressee's language, whatever the window speaks."""

    def __init__(
        self, database: Database, workspace: Workspace, surveying: Surveying, reviewing: Reviewing, user: str
    ) -> None:
        self._database, self._workspace = database, workspace
        self._surveying, self._reviewing, self._user = surveying, reviewing, user

    def text(
        self, item: ReviewItem, making: Making, language: str, acknowledge: date | None, reply: date, name: str
    ) -> Text:
        """An item's notice in words; Refused "notices.bad_template"."""
        template = TEMPLATES[item.proposal.key.list_id]
        values = self.values(item, making, language, acknowledge, reply, name)
        with self._database.read() as connection:
            approved = templates.in_force(connection, template)
        stored = None if approved is None else approved.texts[language]
        return templating.fill(self._workspace.root / "templates", template, language, values, stored)

    def values(
        self, item: ReviewItem, making: Making, language: str, acknowledge: date | None, reply: date, name: str
    ) -> dict[str, object]:
        """What the fields of an item's template stand for, in words of that language."""
        proposal, list_id = item.proposal, item.proposal.key.list_id
        flag = next((one for one in making.flags if one.country == proposal.key.country), None)
        with i18n.speaking(language):
            common: dict[str, object] = {
                "addressee": name,
                "country": words.country(proposal.key.country),
                "reply_by": words.day(reply),
                "contact": item.owner or self._user,
                "bank": self._bank(),
            }
            if list_id == "L6":
                assert acknowledge is not None
                return common | {
                    "tier": proposal.tier,
                    "since": words.day(making.reporting_date if flag is None else flag.since),
                    "reasons": words.reasons(proposal.reasons, making.currency),
                    "exposure": words.amount(proposal.amounts.immediate, making.currency),
                    "due_90": words.amount(proposal.amounts.due_90, making.currency),
                    "reported": words.day(making.reporting_date),
                    "decided": self._decided(proposal.key.subject, proposal.key.country, making.currency),
                    "minimum": words.amount(self._minimum(), making.currency),
                    "acknowledge_by": words.day(acknowledge),
                }
            families = {reason.family for reason in proposal.reasons if reason.points}
            due = proposal.amounts.due_30
            return common | {
                "facts": words.public_facts(proposal.reasons),
                "fx": "fx" in families,
                "due": words.amount(due, making.currency) if due else "",
                "due_by": words.day(making.reporting_date + _DUE),
                "cover": "cover" in families,
                "measure": "measure" in families,
            }

    def _decided(self, entity: str, country: str, currency: str) -> list[str]:
        """What L1 to L5 have on this entity's business there: how many items, and how much of it is booked at the
        entity; no client is named, and no line of another entity counts.
        """
        claims = self._surveying.book().claims
        here = (claims["booking_entity"] == entity).fillna(False).to_numpy(dtype=bool)
        own = set(claims["line_id"][here].astype(str))
        found = []
        for made in self._reviewing.lists():
            lines = {
                line.line_id: line.amounts.immediate
                for item in made.open_items
                if item.proposal.key.country == country
                for line in item.proposal.lines
                if line.side == "asset" and line.line_id in own
            }
            count = sum(any(line.line_id in lines for line in item.proposal.lines) for item in made.open_items)
            if made.id in _TOLD and lines:
                found.append(words.decided(made.id, count, sum(lines.values(), Decimal(0)), currency))
        return found

    def refuse_leaks(self, item: ReviewItem, text: Text) -> None:
        """Refused "notices.confidential" names the first thing that gives something away."""
        whole = f"{text.subject}\n{text.body}"
        proposal = item.proposal
        claims = self._surveying.book().claims
        names = claims["counterparty_name"].astype(object)
        if proposal.key.list_id == "L7":
            mine = (counterparty_keys(claims) == proposal.key.subject).fillna(False).to_numpy(dtype=bool)
            grades = {str(grade) for grade in claims["rating"][mine].dropna()}
            own = {proposal.name, *map(str, names[mine].dropna())}
            others = {str(name) for name in names[~mine].dropna()} - own
            found = leaks_to_client(whole, proposal.name, others, grades)
        else:
            here = (claims["booking_entity"] == proposal.key.subject).fillna(False).to_numpy(dtype=bool)
            found = leaks_of_others(whole, {str(name) for name in names[~here].dropna()} - set(names[here].dropna()))
        if found:
            raise Refused("notices.confidential", item=item.id, kind=found[0].secret.value, words=found[0].words)

    def given_away(self, template: str, source: str) -> tuple[Leak, ...]:
        """What the words of a template themselves give away, whoever reads it: marks of ours and names of clients."""
        batches = self._surveying.batches()
        names: set[str] = set()
        if batches:
            names = {str(name) for name in self._surveying.book().claims["counterparty_name"].dropna().unique()}
        plain = templating.literal(source)
        return leaks_to_client(plain, _NOBODY, names) if template == "client" else leaks_of_others(plain, names)

    def paper(self, found: Notice) -> bytes:
        """The notice as PDF; until it is approved it says that it is a draft."""
        from app.reports import letter  # the engine and its fonts are loaded for the first PDF

        approved = found.steps.get(Step.APPROVED)
        with self._database.read() as connection:
            sample = facts.is_sample(connection)
        with i18n.speaking(found.language):
            day = words.day(found.at.astimezone(self._zone()).date())
            mark = words.mark(sample=sample, draft=approved is None)
            paragraphs = Text(found.heading, found.body).paragraphs
            sheet = letter.Letter(self._bank(), day, found.heading, paragraphs, found.language, mark, found.number)
            return letter.render(sheet, approved.at if approved is not None else found.at)

    def _bank(self) -> str:
        with self._database.read() as connection:
            name = settings.read(connection, "report", REPORT_SETTINGS)["bank"]
        return str(name) or words.unnamed_bank()

    def _minimum(self) -> Decimal:
        with self._database.read() as connection:
            return Decimal(settings.read(connection, "reviews", REVIEW_SETTINGS)["minimum_amount"])

    def _zone(self) -> ZoneInfo:
        with self._database.read() as connection:
            return ZoneInfo(settings.read(connection, "reviews", REVIEW_SETTINGS)["time_zone"])
