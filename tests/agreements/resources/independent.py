"""The six public lists, read once more without any code of ours: which events each row tells.

Each function gives {(kind, code of the party or "", date)} of a row of the original file. What a
list says in words only was read by a person; the numbers of those rows stand here.
"""

import calendar
import csv
import re
from datetime import datetime

import openpyxl
from babel import Locale

MONTHS = {name: number for number, name in enumerate(calendar.month_abbr) if name}

# WTO: rows whose remarks call the date of entry into force a provisional application.
PROVISIONAL = {849, 680, 619, 605, 676, 907, 692, 469, 848, 850, 759, 1093, 1094, 897, 1127}
# “Provisional application / entry into force, see …”: it can be either.
EITHER = {1173}
# The agreement was suspended; it was superseded; the relations of single parties were suspended.
SUSPENDED, SUPERSEDED, SUSPENDED_BY_TURNS = {671}, {122}, {527}
# The days of single parties are those of provisional application, of ratification, or not told.
PARTIES_PROVISIONAL, PARTIES_RATIFIED = {692, 759, 897}, {1171}
PARTIES_NOT_TOLD = {469, 1173, 151}
# The remarks tell that the exit is a withdrawal, and that it took effect on the day.
WITHDRAWN = {579}
# United Kingdom: adopted only, or not signed.
NOT_SIGNED = {"76343", "71329", "71268", "70947"}

NAMES = {name: code for code, name in Locale("en").territories.items() if len(code) == 2} | {
    "Antigua and Barbuda": "AG", "Bosnia and Herzegovina": "BA", "Brunei Darussalam": "BN",
    "Czech Republic": "CZ", "Kosovo (under UNSC res. 1244)": "XK", "Kyrgyz Republic": "KG",
    "Lao People's Democratic Republic": "LA", "Moldova, Republic of": "MD", "Myanmar": "MM",
    "Russian Federation": "RU", "Saint Kitts and Nevis": "KN", "Saint Lucia": "LC",
    "Saint Vincent and the Grenadines": "VC", "Slovak Republic": "SK", "Viet Nam": "VN",
    "Venezuela, Bolivarian Republic of": "VE",
}  # fmt: skip


def rows_of(path, sheet="AllRTAs"):
    """[{heading: cell}] of a list."""
    if path.suffix == ".xlsx":
        names, *rows = openpyxl.load_workbook(path)[sheet].iter_rows(values_only=True)
        return [dict(zip(names, row, strict=True)) for row in rows]
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def day(text, notation):
    """The ISO text of a date in figures; "" of what stands for none."""
    if not text or text.upper() in ("NA", "N/A"):
        return ""
    if re.fullmatch(r"\d{4}", text):
        return text
    if re.fullmatch(r"\d\d-\d{4}", text):
        return f"{text[3:]}-{text[:2]}"
    return f"{datetime.strptime(text, notation):%Y-%m-%d}"


def found(*events):
    return {(kind, party, date) for kind, party, date in events if date}


def wto(row):
    number = int(row["RTA ID"])

    def earliest(name):
        days = [row[f"{name} ({letter})"] for letter in "GS"]
        return min((f"{date:%Y-%m-%d}" for date in days if date), default="")

    effect = "provisional_application" if number in PROVISIONAL else "entry_into_force"
    events = found(("signature", "", earliest("Date of Signature")))
    if number not in EITHER:
        events |= found((effect, "", earliest("Date of Entry into Force")))
    if row["Inactive Date"] and number not in SUSPENDED_BY_TURNS:
        kind = "suspension" if number in SUSPENDED else "termination"
        kind = "replacement" if number in SUPERSEDED else kind
        events.add((kind, "", f"{row['Inactive Date']:%Y-%m-%d}"))
    return events | set(wto_parties(number, row["Specific Entry/Exit dates"] or ""))


def wto_parties(number, cell):
    kind = "provisional_application" if number in PARTIES_PROVISIONAL else "entry_into_force"
    kind = "ratification" if number in PARTIES_RATIFIED else kind
    for name, entry, exit_ in re.findall(r"([^;]+?)\(([\w-]*) - ([\w-]*)\)(?:; |$)", cell):
        code = NAMES[name.strip()]
        if entry and not entry.endswith("9999") and number not in PARTIES_NOT_TOLD:
            yield kind, code, worded(entry.replace("-", " "))
        if exit_ and number in WITHDRAWN:
            yield "denunciation_effective", code, worded(exit_.replace("-", " "))


def worded(text):
    """The ISO text of “10 Feb 2003”."""
    number, month, year = text.split()
    return f"{year}-{MONTHS[month]:02}-{int(number):02}"


def uk(row):
    def on(name):
        return day(row[name], "%d/%m/%Y")

    signed = "" if row["id"] in NOT_SIGNED else on("signed_event_date")
    end = on("terminated_event_effective_date") or on("terminated_event_date")
    withdrawn = on("withdrawn_event_effective_date") or on("withdrawn_event_date")
    return found(
        ("adopted", "", on("adopted_event_date")),
        ("signature", "", signed),
        ("provisional_application", "", on("provisional_eif_event_date")),
        ("entry_into_force", "", on("definative_eif_event_date")),
        ("termination", "", end),
        ("denunciation_effective", "GB", withdrawn),
    )


def brazil(row):
    ends = {
        "Expirado": "expiry", "Denunciado": "denunciation_effective",
        "Superado": "replacement", "Substituído": "replacement",
    }  # fmt: skip
    end = ends.get(row["status"])
    return found(
        ("signature", "", day(row["data"], "%d/%m/%Y")),
        ("entry_into_force", "", day(row["vigor_int_em"], "%d/%m/%Y")),
        (end, "", day(row["expirou_em"], "%d/%m/%Y") if end else ""),
    )


def unctad(row):
    kind = {
        "Unilaterally denounced": "denunciation_effective",
        "Replaced by new treaty": "replacement",
        "Terminated by consent": "termination",
        "Expired": "expiry",
    }.get(row["Type of termination"])
    return found(
        ("signature", "", day(row["Date of signature"], "%d/%m/%Y")),
        ("entry_into_force", "", day(row["Date of entry into force"], "%d/%m/%Y")),
        (kind, "", day(row["Date of termination"], "%d/%m/%Y")),
    )


def gptad(row):
    return found(
        ("signature", "", day(row["Date.of.Signature"], "%m/%d/%Y")),
        ("entry_into_force", "", day(row["Date.of.Entry.into.Force"], "%m/%d/%Y")),
    )


def ieadb(row):
    """Years such as 0000, 2699 and 3200 stand for no date."""

    def on(name):
        return "" if re.match(r"0000|2[2-9]|[3-9]", row[name]) else day(row[name], "%Y-%m-%d")

    return found(
        ("signature", "", on("Signature Date") or on("Signature Year")),
        ("entry_into_force", "", on("Date IEA entered into force")),
    )


# United Nations: what the letter behind a date says; without one the act is that of the column.
LETTERS = {
    "a": "accession", "A": "acceptance", "AA": "approval", "c": "formal_confirmation",
    "d": "succession", "s": "definitive_signature",
}  # fmt: skip


def united_nations(cell, column):
    """{(kind, date)} of a cell of a treaty table; None where the letter is none of these."""
    if not cell:
        return set()
    *date, letter = cell.split() if cell[-1].isalpha() else (*cell.split(), "")
    if column.startswith("Signature"):
        return {("signature", worded(" ".join(date)))} if letter in ("", "d") else None
    kind = LETTERS.get(letter) if letter else "ratification"
    return {(kind, worded(" ".join(date)))} if kind else None


def form(name, row):
    """The form of the agreement in a row, "" where the list does not tell it."""
    told = {
        "wto-rta": lambda: "B" if row["RTA Composition"].startswith("Bilateral") else "",
        "uk-treaties": lambda: row["field3"],
        "brazil-concordia": lambda: "B",
        "unctad-iia": lambda: row["Treaty type"],
        "gptad": lambda: row["Type"],
        "ieadb": lambda: row["Inclusion"],
    }[name]()
    return {"B": "bilateral", "M": "multilateral"}.get(told[:1], "")


#: {mapping: (file, what a row tells)}.
LISTS = {
    "wto-rta": ("wto_rta/AllRTAs.xlsx", wto),
    "uk-treaties": ("uk_treaties_online/uk_agreements_visible_DERIVED.csv", uk),
    "brazil-concordia": ("brasil_concordia/bilaterais_brasil.csv", brazil),
    "unctad-iia": ("unctad_iia_mapping/0-data_cleaned.csv", unctad),
    "gptad": ("gptad/GPTAD.csv", gptad),
    "ieadb": ("ieadb/treaties.csv", ieadb),
}
#: Those that take seconds alone to import.
SHORT = ("wto-rta", "gptad")
