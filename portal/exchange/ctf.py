"""What a common transfer file says of itself, and what is wrong with it, in words. The parsing happens in a process
that can do nothing else; the deciding happens here, and is pure.

DfE common transfer file guides; the rule of one pupil in a "lost" file: S2S guide 2019, page 15.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

from portal.gateways.reading import Reader
from portal.pupils import upn as upns

MOST_PUPILS = 5000
OLDEST = timedelta(days=26 * 366)
KINDS = {"CTF": "common transfer file", "CML": "CME leaver file", "CMJ": "CME joiner file"}
LOST, OUTSIDE, AUTHORITY = "XXXXXXX", "MMMMMMM", "LLLL"
_NAME = re.compile(
    r"([0-9]{7}|[0-9]{3}LLLL|X{7})_(CTF|CML|CMJ|[A-Z0-9]{2,5})_([0-9]{7}|[0-9]{3}LLLL|X{7}|M{7})_([0-9]{3})\.xml",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Pupil:
    """A pupil in the file, as it says."""

    surname: str
    forename: str
    born: str
    upn: str
    sex: str


@dataclass(frozen=True, kw_only=True)
class Report:
    """What the file is, from whom, for whom, who is in it, and what is wrong."""

    kind: str
    version: str = ""
    source: str = ""
    destination: str = ""
    pupils: tuple[Pupil, ...] = ()
    errors: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


def read(
    reader: Reader, chunks: Iterable[bytes], *, called: str, known: Collection[str], today: date | None = None
) -> Report:
    """Read a file and judge it. *known*: the numbers of authorities, now and formerly."""
    reading = reader.run("portal.gateways.reading.transfer_file", chunks)
    if reading.failed:
        why = {"too big": "The file is too large", "time": "Reading the file took too long"}.get(
            reading.failed, "The file could not be read"
        )
        return Report(kind="not a transfer file", errors=(why,))
    if "problem" in reading.found:
        return Report(kind="not a transfer file", errors=(str(reading.found["problem"]),))
    return judge(dict(reading.found), called=called, known=known, today=today)


def judge(found: dict[str, Any], *, called: str, known: Collection[str], today: date | None = None) -> Report:
    """Judge what was found in a file."""
    named = _NAME.fullmatch(called.strip())
    kind = _kind(found, named)
    if kind is None:
        return Report(
            kind="not a transfer file",
            errors=(f"The file is XML, but no common transfer file: it begins with {found.get('root') or 'nothing'}",),
        )
    source, destination = _place(found["source"]), _place(found["destination"])
    errors, warnings = (
        [*_header_errors(found, source, destination)],
        [*_header_warnings(found, named, source, destination, known)],
    )
    for number, pupil in enumerate(found["pupils"], 1):
        wrong, odd = _pupil_faults(pupil, number, kind, known, today or date.max)
        errors += wrong
        warnings += odd
    return Report(
        kind=kind,
        version=found["header"].get("CTFversion", ""),
        source=_said(source, found["source"]),
        destination=_said(destination, found["destination"]),
        pupils=tuple(
            Pupil(*(str(one.get(name, "")) for name in ("surname", "forename", "born", "upn", "sex")))
            for one in found["pupils"]
        ),
        errors=tuple(errors),
        warnings=tuple(warnings),
    )


def _kind(found: dict[str, Any], named: re.Match[str] | None) -> str | None:
    root = str(found.get("root", "")).upper()
    if root == "CTFILE":
        said = named.group(2).upper() if named else "CTF"
        return said if said in KINDS else "CTF"
    return next((kind for kind in ("CML", "CMJ") if root.startswith(kind)), None)


def _place(held: dict[str, str]) -> str:
    return f"{held.get('LEA', '')}{held.get('Estab', '')}".upper()


def _said(number: str, held: dict[str, str]) -> str:
    name = held.get("SchoolName", "")
    special = {LOST: "not known (XXXXXXX)", OUTSIDE: "outside maintained schools (MMMMMMM)"}.get(number, number)
    return f"{special}, {name}" if name else special


def _header_errors(found: dict[str, Any], source: str, destination: str) -> Iterable[str]:
    if not found["header"]:
        yield "The header is missing"
    if not source:
        yield "The header does not say which school or authority sent it"
    if not destination:
        yield "The header does not say where it goes"
    if not found["count"]:
        yield "There is no pupil in the file"
    if found["count"] > MOST_PUPILS:
        yield f"There are {found['count']} pupils in the file; the most we read are {MOST_PUPILS}"
    if destination == LOST and found["count"] > 1:
        yield "A file for an unknown destination (XXXXXXX) holds one pupil only"


def _header_warnings(
    found: dict[str, Any], named: re.Match[str] | None, source: str, destination: str, known: Collection[str]
) -> Iterable[str]:
    if named is None:
        yield "The file’s name is not of the usual form, such as 3902001_CTF_399LLLL_001.xml"
    elif (named.group(1).upper(), named.group(3).upper()) != (source, destination):
        yield f"The file’s name says {named.group(1)} to {named.group(3)}, its header {source} to {destination}"
    if found["wrapped"]:
        yield "The pupils stand inside an element Pupils, which transfer files do not have"
    for place, words in ((source, "sender"), (destination, "destination")):
        if place[:3].isdigit() and place[:3] not in known:
            yield f"The {words}’s authority is not known: {place[:3]}"


def _pupil_faults(
    pupil: dict[str, Any], number: int, kind: str, known: Collection[str], today: date
) -> tuple[list[str], list[str]]:
    where = f"Pupil {number} (line {pupil.get('line')})"
    errors = [
        f"{where}: {what} is missing"
        for name, what in (("surname", "the surname"), ("forename", "the forename"))
        if not pupil.get(name)
    ]
    warnings = []
    if fault := _birth_fault(str(pupil.get("born", "")), today):
        errors.append(f"{where}: {fault}")
    held = str(pupil.get("upn", ""))
    if not held and kind == "CTF":
        errors.append(f"{where}: the UPN is missing")
    elif held and (fault := upns.fault(held)):
        errors.append(f"{where}: {fault}")
    elif held and (fault := upns.fault(held, known)):
        warnings.append(f"{where}: {fault}")
    elif held and upns.is_temporary(held.strip()):
        warnings.append(f"{where}: the UPN is a temporary one")
    return errors, warnings


def _birth_fault(text: str, today: date) -> str:
    try:
        born = date.fromisoformat(text)
    except ValueError:
        return f"the date of birth must be like 2014-03-27, not “{text}”" if text else "the date of birth is missing"
    if born > today:
        return "the date of birth is in the future"
    if today != date.max and today - born > OLDEST:
        return "the date of birth is more than 26 years ago"
    return ""


def as_json(report: Report) -> dict[str, Any]:
    """The report as the command line and the pages show it."""
    return {
        "kind": report.kind,
        "version": report.version,
        "from": report.source,
        "to": report.destination,
        "pupils": [asdict(pupil) for pupil in report.pupils],
        "errors": list(report.errors),
        "warnings": list(report.warnings),
    }
