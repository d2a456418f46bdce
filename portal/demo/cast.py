"""Who and what there is in the demonstration. No name, number or authority here is real; the telephone numbers are
from the range kept for drama, and mail goes to example.org.
"""

from dataclasses import dataclass
from datetime import date

from portal.law.penalty_notice import School
from portal.people.rules import Role

PASSWORD = "three blue kettles"  # noqa: S105  a demonstration's, printed when it is made

STAFF = (
    ("Ada Marlow", "ada.marlow", {Role.ADMINISTRATOR}),
    ("Cora Penhale", "cora.penhale", {Role.COORDINATOR}),
    ("Owen Tarrant", "owen.tarrant", {Role.AUTHORISED_OFFICER}),
    ("Lena Strand", "lena.strand", {Role.LEGAL_OFFICER}),
    ("Ana Quill", "ana.quill", {Role.APPROVER}),
    ("Pat Rowan", "pat.rowan", {Role.POST_ROOM}),
    ("Finn Abara", "finn.abara", {Role.FINANCE}),
    ("Cass Renner", "cass.renner", {Role.RESOLUTION_CENTRE}),
    ("Ivy Sorrel", "ivy.sorrel", {Role.AUDITOR}),
)

SCHOOLS = (
    ("Alderbrook Primary School", "3992001", "primary", School.MAINTAINED),
    ("Beacon Hill Academy", "3994001", "secondary", School.ACADEMY),
    ("Castle Lane Infant School", "3992002", "infant", School.MAINTAINED),
    ("Dunmere High School", "3994002", "secondary", School.MAINTAINED),
    ("Elmfield Junior School", "3992003", "junior", School.MAINTAINED),
    ("Fernside Academy", "3994003", "secondary", School.ACADEMY),
    ("Greywater Primary School", "3992004", "primary", School.MAINTAINED),
    ("Harbour View School", "3997001", "special", School.MAINTAINED),
    ("Ivy Bank Primary Academy", "3992005", "primary", School.ACADEMY),
    ("Kestrel Grange School", "3996001", "independent", School.INDEPENDENT),
    ("Larkrise Primary School", "3992006", "primary", School.MAINTAINED),
    ("Moorgate Pupil Referral Unit", "3991001", "pupil referral unit", School.PUPIL_REFERRAL_UNIT),
)

AUTHORITIES = (("Ambleford Council", "390"), ("Borough of Easterwick", "391"), ("Ridgeley County Council", "392"))

AGENCY = "Westmarch Prevention Service"

FORENAMES = [
    "Amara",
    "Ben",
    "Chloe",
    "Dylan",
    "Elsie",
    "Farid",
    "Grace",
    "Hugo",
    "Isla",
    "Jonah",
    "Kezia",
    "Leo",
    "Maya",
    "Noah",
    "Orla",
    "Priya",
    "Quinn",
    "Rosa",
    "Sami",
    "Tess",
]
SURNAMES = [
    "Ashdown",
    "Brambley",
    "Corrie",
    "Dray",
    "Eddery",
    "Fenwood",
    "Garrow",
    "Hexham",
    "Inskip",
    "Jessop",
    "Kettering",
    "Lowther",
    "Mabry",
    "Norcott",
    "Oakes",
    "Pellow",
]
PARENTS = [
    "Alex",
    "Bridget",
    "Colin",
    "Dana",
    "Errol",
    "Fiona",
    "Gareth",
    "Helen",
    "Imran",
    "Joanna",
    "Karl",
    "Lorna",
    "Martin",
    "Nadia",
    "Oscar",
    "Paula",
]
STREETS = ("Mill Lane", "Station Road", "Orchard Way", "Quarry Street", "Linden Avenue", "Canal Walk")

TERMS = (
    (date(2025, 9, 3), date(2025, 10, 24)),
    (date(2025, 11, 3), date(2025, 12, 19)),
    (date(2026, 1, 5), date(2026, 2, 13)),
    (date(2026, 2, 23), date(2026, 3, 27)),
    (date(2026, 4, 13), date(2026, 5, 22)),
    (date(2026, 6, 1), date(2026, 7, 21)),
    (date(2026, 9, 2), date(2026, 10, 23)),
    (date(2026, 11, 2), date(2026, 12, 18)),
)


@dataclass(frozen=True)
class Child:
    """A pupil of the demonstration."""

    forenames: str
    surname: str
    born: date
    school: int
    parent: str
    second: str
    street: str


def children() -> list[Child]:
    """Forty of them, always the same."""
    made = []
    for number in range(40):
        forename, surname = FORENAMES[number % len(FORENAMES)], SURNAMES[(number * 5) % len(SURNAMES)]
        born = date(2011 + number % 9, 1 + (number * 7) % 12, 1 + (number * 11) % 28)
        parent = PARENTS[(number * 3) % len(PARENTS)]
        second = PARENTS[(number * 3 + 7) % len(PARENTS)] if number % 3 == 0 else ""
        street = f"{number * 3 + 1} {STREETS[number % len(STREETS)]}, Westmarch, WM{number % 9 + 1} {number % 9 + 1}AB"
        made.append(
            Child(
                forename,
                surname,
                born,
                number % len(SCHOOLS),
                f"{parent} {surname}",
                f"{second} {surname}" if second else "",
                street,
            )
        )
    return made
