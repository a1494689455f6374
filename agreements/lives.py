"""Lives of agreements with the status that is right on a day, as a file that a lawyer can read.

The format is described in `docs/lives.md`. It tests the rules of `law/`; it is no reference.
"""

import datetime
import tomllib
from dataclasses import dataclass

from culturecoop.dates import PartialDate

from .law import Fact, Membership, Statement, Treaty, periods
from .vocabulary import EventKind, Form, Scope, Status

NONE = "none"
#: What an expectation can ask for, with what is meant where it does not; `ends` is then not asked.
FLAGS = ("some_parties", "in_part", "uncertain")


class NotALife(ValueError):
    """A file of lives cannot be read; the message names the life and what was expected."""


@dataclass(frozen=True)
class Failure:
    """An expectation that does not hold."""

    life: str
    on: datetime.date
    party: str
    found: str
    expected: str

    def __str__(self):
        who = self.party or "the whole"
        return f"{self.life}, {self.on}, {who}: is {self.found}, should be {self.expected}"


def read_lives(file):
    """Return the lives in an open TOML file (binary), as dicts with `treaty`, `facts` and `expect`.

    NotALife for anything that is not such a file.
    """
    try:
        data = tomllib.load(file)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise NotALife(f"not a TOML file: {fault}") from fault
    return [_life(row, data) for row in data.get("life", [])]


def failures_of(life):
    """Yield the expectations of a life that fail, as Failures."""
    found = periods(life["facts"], life["treaty"])
    for row in life["expect"]:
        day, party = row["on"], row.get("party")
        holding = [p for p in found if p.party == party and p.holds(day)]
        statement = holding[0] if holding else Statement()
        if not _is_met(row, statement):
            yield Failure(life["id"], day, party or "", _said(statement), _wanted(row))


def _is_met(row, statement):
    status = statement.status.value if statement.status else NONE
    flags = all(getattr(statement, flag) == row.get(flag, False) for flag in FLAGS)
    ends = "ends" not in row or row["ends"] == (str(statement.ends) if statement.ends else NONE)
    return status == row["status"] and flags and ends


def _said(statement):
    flags = [flag for flag in FLAGS if getattr(statement, flag)]
    return _sentence(statement.status.value if statement.status else NONE, flags, statement.ends)


def _wanted(row):
    return _sentence(row["status"], [flag for flag in FLAGS if row.get(flag)], row.get("ends"))


def _sentence(status, flags, ends):
    words = [status, *(flag.replace("_", " ") for flag in flags)]
    return ", ".join([*words, f"ends {ends}"] if ends else words)


# Reading -----------------------------------------------------------------------------------


def _life(row, data):
    name = row.get("id", "a life without id")
    try:
        return {
            "id": row["id"],
            "treaty": _treaty(row, data),
            "facts": [_fact(name, place, event) for place, event in enumerate(row["events"])],
            "expect": [_expectation(expected) for expected in row["expect"]],
        }
    except KeyError as missing:
        raise NotALife(f"{name}: {missing} is missing") from missing
    except (TypeError, ValueError) as fault:
        raise fault if isinstance(fault, NotALife) else NotALife(f"{name}: {fault}") from fault


def _treaty(row, data):
    parties, own = row["parties"], row.get("own", data.get("own"))
    ours = [party for party in row.get("own_side", []) if party != own]
    persons = {*data.get("organisations", []), *row.get("organisations", [])}
    bodies = data.get("groupings", {}) | row.get("groupings", {})
    return Treaty.between(
        Form(row.get("form", Form.BILATERAL)),
        own if own in parties else None,
        [party for party in parties if party in ours],
        [party for party in parties if party != own and party not in ours],
        members={
            body: tuple(_membership(member) for member in bodies[body])
            for body in parties if body in bodies and body not in persons
        },
        binding=row.get("binding", True),
    )  # fmt: skip


def _membership(member):
    if isinstance(member, str):
        return Membership(member)
    return Membership(member["member"], _day(member.get("since")), _day(member.get("until")))


def _fact(name, place, event):
    where = f"{name}, event {place + 1}"
    try:
        return Fact(
            EventKind(event["kind"]),
            PartialDate.parse(str(event["date"])),
            event.get("party"),
            Scope(event.get("scope", Scope.WHOLE)),
            event.get("part", ""),
            PartialDate.parse(str(event["until"])) if "until" in event else None,
            place,
        )
    except ValueError as fault:
        raise NotALife(f"{where}: {fault}") from fault


def _expectation(row):
    status = row["status"] if row["status"] == NONE else Status(row["status"]).value
    ends = {"ends": str(row["ends"])} if "ends" in row else {}
    return row | ends | {"on": _day(row["on"]), "status": status}


def _day(value):
    if value is None or isinstance(value, datetime.date):
        return value
    return datetime.date.fromisoformat(value)
