"""Makes the demonstration, act by act, each on its own day of the past year."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from io import BytesIO
from uuid import UUID, uuid4

from portal.audit import actions as audit
from portal.demo import cast, papers
from portal.demo.cast import Child
from portal.documents.custody import Wanted
from portal.exchange import actions as exchange
from portal.exchange import reading_ctf
from portal.exchange.records import TransferKind
from portal.gateways.mailer import Mail
from portal.intake import actions as intake
from portal.law import calendar
from portal.notices import actions as notices
from portal.notices import considering, making
from portal.parts import Parts
from portal.people import account as accounts
from portal.people import actions as people
from portal.people import demonstration, mails, records
from portal.people.actions import OrganisationFacts
from portal.people.rules import Kind, Person, Role
from portal.pupils import actions as pupils
from portal.pupils.actions import ParentFacts, PupilFacts

FORM = Wanted(frozenset({"docx", "pdf", "xlsx", "ods", "csv"}), "Word document, PDF or spreadsheet")
CTF = Wanted(frozenset({"xml"}), "common transfer file (XML)")


class _Postbox:
    """Takes the invitations, so that they can be opened."""

    def __init__(self) -> None:
        self.mail: list[Mail] = []

    def send(self, mail: Mail) -> None:
        self.mail.append(mail)

    def token(self) -> str:
        return self.mail[-1].text.partition("/account/link/")[2].split()[0]


class Demonstration:
    """The acts, in order; `today` is the day on which it is made."""

    def __init__(self, parts: Parts) -> None:
        self.real, self.today = parts, parts.today()
        self.box = _Postbox()
        self.people: dict[str, Person] = {}
        self.schools: list[UUID] = []

    def at(self, days_ago: int, hour: int = 10) -> Parts:
        """The portal as it was so many days ago."""
        moment = datetime.combine(self.today - timedelta(days=days_ago), time(hour), UTC)
        return replace(self.real, now=lambda: min(moment, self.real.now()), mailer=self.box)

    def make(self) -> None:
        """Everything."""
        demonstration.mark(self.real)
        self._staff()
        self._organisations()
        children = [(child, self._pupil(child, number)) for number, child in enumerate(cast.children())]
        self._leavers(children)
        self._transfer_files(children)
        self._notices(children)
        while audit.sequence_now(self.real):
            pass

    def _staff(self) -> None:
        parts = self.at(400)
        name, login, _ = cast.STAFF[0]
        people.create_first_administrator(parts, email=f"{login}@example.org", name=name, password=cast.PASSWORD)
        self._known(login)
        with parts.database.reading() as tx:
            home = records.home(tx).id
        for name, login, roles in cast.STAFF[1:]:
            self._join(name, login, home, roles)

    def _join(self, name: str, login: str, organisation: UUID, roles: set[Role]) -> None:
        """Invited by mail, joined by the link, as everybody is."""
        parts = self.at(399)
        which = people.invite(
            parts,
            self.people["ada.marlow"],
            name=name,
            email=f"{login}@example.org",
            organisation=organisation,
            roles=roles,
        )
        mails.send_link(parts, which)
        people.use_link(parts, self.box.token(), cast.PASSWORD)
        self._known(login)

    def _known(self, login: str) -> None:
        demonstration.give_codes(self.real, f"{login}@example.org")
        with self.real.database.reading() as tx:
            found = accounts.by_email(tx, f"{login}@example.org")
            assert found  # noqa: S101  it has just joined
            self.people[login] = accounts.person_of(tx, found)

    def _organisations(self) -> None:
        parts, admin = self.at(398), self.people["ada.marlow"]
        for number, (name, dfe, phase, kind) in enumerate(cast.SCHOOLS):
            address = f"{number + 1} School Lane, Westmarch, WM{number % 9 + 1} 9ZZ"
            facts = OrganisationFacts(
                kind=Kind.SCHOOL,
                name=name,
                dfe_number=dfe,
                phase=phase,
                school_type=kind.value,
                authority_code=parts.config.authority_code,
                address=address,
            )
            self.schools.append(people.add_organisation(parts, admin, facts))
            self._join(
                f"{name.split()[0]} Office", f"office.{name.split()[0].lower()}", self.schools[-1], {Role.SCHOOL_USER}
            )
        for name, code in cast.AUTHORITIES:
            made = people.add_organisation(
                parts, admin, OrganisationFacts(kind=Kind.AUTHORITY, name=name, authority_code=code)
            )
            self._join(f"{name.split()[0]} Admissions", f"admissions.{code}", made, {Role.AUTHORITY_USER})
        made = people.add_organisation(parts, admin, OrganisationFacts(kind=Kind.AGENCY, name=cast.AGENCY))
        self._join("Robin Vale", "robin.vale", made, {Role.AGENCY_USER})

    def _pupil(self, child: Child, number: int) -> UUID:
        parents = [ParentFacts(name=child.parent, address=child.street, relation="Parent")]
        if child.second:
            parents.append(
                ParentFacts(
                    name=child.second, address="2 Harbour Terrace, Westmarch, WM4 4CD", relation="Parent, lives apart"
                )
            )
        facts = PupilFacts(
            surname=child.surname,
            forenames=child.forenames,
            born=child.born,
            upn=papers.upn(number, child.born.year + 5),
            school=self.schools[child.school],
            address=child.street,
            parents=tuple(parents),
        )
        return pupils.add(self.at(390), self.people["owen.tarrant"], facts)

    def _school_of(self, child: Child) -> Person:
        return self.people[f"office.{cast.SCHOOLS[child.school][0].split()[0].lower()}"]

    def _leavers(self, children: list[tuple[Child, UUID]]) -> None:
        for number, (child, _) in enumerate(children[::3]):
            ago = 370 - number * 28
            parts, school = self.at(max(ago, 0)), self._school_of(child)
            which = exchange.begin(parts, school, TransferKind.LEAVER)
            left = parts.today() - timedelta(days=3)
            answers = {
                "surname": child.surname,
                "forenames": child.forenames,
                "born": child.born.isoformat(),
                "upn": "",
                "left": left.isoformat(),
                "ground": "agi"[number % 3],
            }
            known = (
                {"destination": "known", "next_school": "Hill Top School, Ambleford", "starts": ""}
                if number % 3 == 0
                else {"destination": "not known", "next_school": "", "starts": ""}
            )
            exchange.answer(parts, school, which, answers | known)
            exchange.attach(
                parts,
                school,
                which,
                BytesIO(papers.leaver_form(child, left)),
                called="CME1 leaver form.docx",
                wanted=FORM,
            )
            intake.send_leaver(parts, school, which)
            if ago > 40:  # noqa: PLR2004  the newest still wait
                self._deal_with(which, ago - 1)

    def _deal_with(self, which: UUID, ago: int) -> None:
        parts, coordinator = self.at(max(ago, 0)), self.people["cora.penhale"]
        file = exchange.look(parts, coordinator, which).files[0].id
        for _ in exchange.open_file(parts, coordinator, which, file)[1]:
            pass
        exchange.acknowledge(parts, coordinator, which)

    def _transfer_files(self, children: list[tuple[Child, UUID]]) -> None:
        for number, (_, code) in enumerate(cast.AUTHORITIES):
            parts, sender = self.at(60 - number * 29), self.people[f"admissions.{code}"]
            which = exchange.begin(parts, sender, TransferKind.CTF)
            some = [child for child, _ in children[number * 4 : number * 4 + 3]]
            body, called = papers.transfer_file(code, parts.config.authority_code, some, parts.today())
            reading_ctf.attach(parts, sender, which, BytesIO(body), called=called, wanted=CTF)
            exchange.send(parts, sender, which)
            if number == 0:
                self._deal_with(which, 58)

    def _notices(self, children: list[tuple[Child, UUID]]) -> None:
        eligible = [(child, which) for child, which in children if cast.SCHOOLS[child.school][3].value != "independent"]
        for number, (child, which) in enumerate(eligible[1:22:3]):
            self._notice(child, which, ago=260 - number * 42, number=number)
        flagged = eligible[3][1]
        legal = self.people["lena.strand"]
        parent = pupils.look(self.at(20), legal, flagged).parents[0].id
        pupils.withhold_address(
            self.at(20),
            legal,
            flagged,
            parent,
            because="A court order of this year forbids contact",
            review=self.today + timedelta(days=180),
        )

    def _notice(self, child: Child, pupil: UUID, *, ago: int, number: int) -> None:
        parts, officer = self.at(max(ago, 0)), self.people["owen.tarrant"]
        day = parts.today()
        facts = papers.register(day, len(child.surname))
        posting = day if calendar.is_working_day(day) else calendar.add_working_days(day, 1)
        parent = pupils.look(parts, officer, pupil).parents[0].id
        which = notices.propose(parts, officer, uuid4(), pupil=pupil, parent=parent, facts=facts, posting=posting)
        if number == 6:  # noqa: PLR2004  the newest is still a proposal
            return
        digest = considering.of_notice(parts, officer, which).digest
        notices.send_for_approval(parts, officer, which, digest=digest)
        if number == 5:  # noqa: PLR2004  one waits for the approver
            return
        notices.approve(parts, self.people["ana.quill"], which, digest=digest)
        making.make_notice(parts, which)
        self._after(which, posting, number)

    def _after(self, which: UUID, posting: date, number: int) -> None:
        ago = (self.today - posting).days
        notices.record_posting(self.at(ago, 15), self.people["pat.rowan"], which, posted=posting)
        if number in {0, 2}:
            paid = posting + timedelta(days=12)
            notices.record_payment(
                self.at(ago - 13), self.people["finn.abara"], which, payment=uuid4(), pence=8000, on=paid
            )
        if number == 3:  # noqa: PLR2004  one was withdrawn
            notices.withdraw(
                self.at(ago - 9),
                self.people["owen.tarrant"],
                which,
                ground="ought-not",
                because="The school found that leave had been given",
            )


def make(parts: Parts) -> None:
    """Make the demonstration in an empty instance."""
    Demonstration(parts).make()
