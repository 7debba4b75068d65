"""What risk notices say: templates in both languages, checked before they are kept, released by a second person."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from app import i18n
from app.events import Events, NoticesChanged
from app.notifications import templating
from app.notifications.templating import Fault, Text
from app.paths import Workspace
from app.refusals import Misused, Refused
from app.services.bank_days import BankDays
from app.services.composing import TEMPLATES, Composing
from app.services.reviewing import Reviewing
from app.storage import audit, templates
from app.storage.database import Database
from app.storage.templates import Version
from exposures.reviews.item import SETTLED, Action, ReviewItem

#: The templates by the list whose items they speak of.
NAMES: Mapping[str, str] = {name: list_id for list_id, name in TEMPLATES.items()}


@dataclass(frozen=True, slots=True)
class Standing:
    """A template as it stands: the texts that count by language, where they come from, and its versions.

    `origin` is "version" (one that a second person released), "file" (the bank's own in the workspace) or "shipped".
    """

    name: str
    list_id: str
    origin: str
    texts: Mapping[str, str]
    in_force: Version | None
    versions: tuple[Version, ...]

    @property
    def waiting(self) -> Version | None:
        """What waits for a second person."""
        return next((one for one in self.versions if one.approved is None), None)


@dataclass(frozen=True, slots=True)
class Specimen:
    """What a preview is made on: an item's values by language; `item` None: each field stands as its own name."""

    name: str
    item: ReviewItem | None
    values: Mapping[str, Mapping[str, object]]


@dataclass(frozen=True, slots=True)
class Look:
    """A text as it would go out, with what is wrong with it; `text` None where it cannot be filled in at all."""

    language: str
    text: Text | None
    faults: tuple[Fault, ...]


class Phrasing:
    """A faulty text is never kept, and none counts before somebody else released it."""

    def __init__(
        self,
        database: Database,
        workspace: Workspace,
        reviewing: Reviewing,
        composing: Composing,
        events: Events,
        clock: Callable[[], datetime],
        user: str,
    ) -> None:
        self._database, self._workspace, self._days = database, workspace, BankDays(database)
        self._reviewing, self._composing = reviewing, composing
        self._events, self._clock, self._user = events, clock, user

    def templates(self) -> tuple[Standing, ...]:
        """Every template as it stands."""
        return tuple(self.template(name) for name in NAMES)

    def template(self, name: str) -> Standing:
        """One of them; Misused "templates.no_such"."""
        if name not in NAMES:
            raise Misused("templates.no_such", name=name, known=tuple(NAMES))
        with self._database.read() as connection:
            found = templates.versions(connection, name)
            counts = templates.in_force(connection, name)
        folder = self._workspace.root / "templates"
        own = {code: templating.own_file(folder, name, code) for code in i18n.LANGUAGES}
        texts: dict[str, str] = {}
        for code in i18n.LANGUAGES:
            stored = None if counts is None else counts.texts[code]
            texts[code] = stored or own[code] or templating.shipped(name, code)
        origin = "version" if counts is not None else "file" if any(own.values()) else "shipped"
        return Standing(name, NAMES[name], origin, texts, counts, found)

    def items(self, name: str) -> tuple[ReviewItem, ...]:
        """Items on which a template can be looked at: the open ones of its list that get a notice."""
        made = next((one for one in self._reviewing.lists() if one.id == NAMES[name]), None)
        if made is None:
            return ()
        return tuple(
            item for item in made.items if item.status not in SETTLED and item.proposal.action is not Action.CALL_REPORT
        )

    def specimen(self, name: str, item_id: str | None = None) -> Specimen:
        """Values for previews: those of an item, else of the first there is, else each field's own name.

        Misused "reviews.no_such_item", "templates.other_list".
        """
        item = next(iter(self.items(name)), None) if item_id is None else self._reviewing.item(item_id)
        if item is None:
            return Specimen(name, None, dict.fromkeys(i18n.LANGUAGES, templating.specimen(name)))
        list_id = item.proposal.key.list_id
        if list_id != NAMES[name]:
            raise Misused("templates.other_list", item=item.id, list=NAMES[name])
        making = next(made.making for made in self._reviewing.lists() if made.id == list_id)
        assert making is not None  # an item was made by something
        acknowledge, reply = self._days.answers(list_id, self._days.of(self._clock()))
        values = {
            code: self._composing.values(item, making, code, acknowledge, reply, item.proposal.name)
            for code in i18n.LANGUAGES
        }
        return Specimen(name, item, values)

    def look(self, specimen: Specimen, language: str, source: str) -> Look:
        """A text filled in with a specimen's values, and everything that is wrong with it."""
        name = specimen.name
        found = list(templating.faults(name, language, source))
        text = None
        if not any(fault.code in ("syntax", "blank") for fault in found):
            try:
                text = templating.render(source, name, specimen.values[language])
            except Refused as refused:
                detail = str(refused.values["detail"])
                if not found:
                    found.append(Fault("fails", language, detail))
        leaks = self._composing.given_away(name, source)
        found += [Fault("leak", language, f"{leak.secret.value}:{leak.words}") for leak in leaks]
        if text is not None and specimen.item is not None and not leaks:
            try:
                self._composing.refuse_leaks(specimen.item, text)
            except Refused as refused:
                found.append(Fault("leak", language, f"{refused.values['kind']}:{refused.values['words']}"))
        return Look(language, text, tuple(dict.fromkeys(found)))

    def faults(self, name: str, texts: Mapping[str, str]) -> tuple[Fault, ...]:
        """Everything that is wrong with both texts, tried on the first item there is."""
        specimen = self.specimen(name)
        return tuple(fault for code, text in texts.items() for fault in self.look(specimen, code, text).faults)

    def propose(self, name: str, texts: Mapping[str, str], reason: str) -> Version:
        """Keep a new version, which waits for a second person.

        Refused "templates.reason_missing", "templates.faulty" with its faults, "templates.unchanged",
        "templates.waits" while another version waits.
        """
        standing = self.template(name)
        wanted = {code: _tidy(texts[code]) for code in i18n.LANGUAGES}
        if not reason.strip():
            raise Refused("templates.reason_missing")
        if wanted == {code: _tidy(text) for code, text in standing.texts.items()}:
            raise Refused("templates.unchanged", name=name)
        if found := self.faults(name, wanted):
            raise Refused("templates.faulty", name=name, faults=found)
        return self._keep(Version(name, wanted, reason.strip(), self._user, self._clock()))

    def restore(self, name: str, reason: str) -> Version:
        """Propose that the shipped template counts again; Refused as `propose`, "templates.is_shipped"."""
        standing = self.template(name)
        if not reason.strip():
            raise Refused("templates.reason_missing")
        if standing.in_force is None:
            raise Refused("templates.is_shipped", name=name, origin=standing.origin)
        return self._keep(Version(name, dict.fromkeys(i18n.LANGUAGES), reason.strip(), self._user, self._clock()))

    def decide(self, number: int, approve: bool, reason: str = "") -> Version:
        """Release or return a version as the second person.

        Misused "templates.unknown"; Refused "templates.reason_missing" (to return one), "templates.decided",
        "persons.same_person", "templates.faulty" where the book has changed so that it now gives something away.
        """
        if not approve and not reason.strip():
            raise Refused("templates.reason_missing")
        with self._database.read() as connection:
            known = templates.find(connection, number)
        texts = {code: text for code, text in known.texts.items() if text is not None}
        if approve and texts and (found := self.faults(known.name, texts)):
            raise Refused("templates.faulty", name=known.name, faults=found)
        now = self._clock()
        with self._database.write() as connection:
            made = templates.decide(connection, number, approve, self._user, now, reason.strip())
            audit.record(
                connection,
                at=now,
                who=self._user,
                action="template.approve" if approve else "template.return",
                subject=f"template {made.name} {made.id}",
                after={"approved": approve},
                reason=reason.strip() or None,
            )
        self._events.publish(NoticesChanged())
        return made

    def _keep(self, draft: Version) -> Version:
        with self._database.write() as connection:
            before = templates.in_force(connection, draft.name)
            made = templates.add(connection, draft)
            audit.record(
                connection,
                at=draft.at,
                who=self._user,
                action="template.propose",
                subject=f"template {made.name} {made.id}",
                before={} if before is None else {"version": before.id},
                after={"version": made.id, "texts": dict(made.texts)},
                reason=draft.reason,
            )
        self._events.publish(NoticesChanged())
        return made


def _tidy(text: str) -> str:
    """A text with plain line ends, and one at its end."""
    return text.replace("\r\n", "\n").rstrip() + "\n"
