"""Write the cells of flat rows into drafts, in bulk.

`work` is a list of (draft, {column: new text}); each function takes the columns it knows.
"""

from collections import defaultdict

from agreements.models import AgreementEdition, AgreementParty, AgreementText, Event
from culturecoop.dates import PartialDate
from culturecoop.languages import EU_LANGUAGES
from culturecoop.spreadsheets import lists

from .contents import DATES, TEXTS

SIZE = 500
FIELDS = ("kind", "legal_basis", "internal_note")


def write_fields(work):
    changed = []
    for draft, values in work:
        # A blank cell takes a field with choices back to its default.
        mine = {name: values[name] for name in FIELDS if name in values}
        for name, value in mine.items():
            setattr(draft, name, value or AgreementEdition._meta.get_field(name).get_default())
        if mine:
            changed.append(draft)
    AgreementEdition._base_manager.bulk_update(changed, FIELDS, batch_size=SIZE)


def write_themes(work, known):
    through = AgreementEdition.themes.through
    wanted = {draft.pk: lists.split(v["themes"]) for draft, v in work if "themes" in v}
    through.objects.filter(agreementedition__in=list(wanted)).delete()
    through.objects.bulk_create(
        (
            through(agreementedition_id=pk, theme_id=known[slug])
            for pk, slugs in wanted.items()
            for slug in slugs
        ),
        batch_size=SIZE,
    )


def write_parties(work, known):
    """The cell is the whole list: those not in it go, the others keep their key."""
    wanted = {draft.pk: lists.split(v["parties"]) for draft, v in work if "parties" in v}
    rows = AgreementParty.objects.filter(edition__in=list(wanted))
    stored = {(row.edition_id, row.party_id): row for row in rows}
    kept, made = [], []
    for pk, codes in wanted.items():
        for position, code in enumerate(codes):
            row = stored.pop((pk, known[code]), None)
            if row:
                row.position = position
                kept.append(row)
            else:
                made.append(AgreementParty(edition_id=pk, party_id=known[code], position=position))
    _write(AgreementParty, stored.values(), kept, ["position"], made)


def write_texts(work):
    wanted = _texts_of(work)
    rows = AgreementText.objects.filter(edition__in={pk for pk, _language in wanted})
    stored = {(row.edition_id, row.language): row for row in rows}
    gone, kept, made = [], [], []
    for (pk, language), values in wanted.items():
        row = stored.get((pk, language)) or AgreementText(edition_id=pk, language=language)
        for name, value in values.items():
            setattr(row, name, value)
        if any(getattr(row, name) for name in TEXTS):
            (kept if row.pk else made).append(row)
        elif row.pk:
            gone.append(row)
    _write(AgreementText, gone, kept, TEXTS, made)


def write_dates(work):
    """The only event of its kind for the whole agreement: changed, made or taken away."""
    wanted = {
        (draft.pk, kind): values[kind] for draft, values in work for kind in DATES if kind in values
    }
    rows = Event.objects.filter(edition__in={pk for pk, _kind in wanted}, party=None)
    stored = {(row.edition_id, row.kind): row for row in rows}
    gone, kept, made = [], [], []
    for (pk, kind), text in wanted.items():
        row = stored.get((pk, kind))
        if not text:
            gone += [row] if row else []
            continue
        row = row or Event(edition_id=pk, kind=kind)
        row.date = PartialDate.parse(text)
        (kept if row.pk else made).append(row)
    _write(Event, gone, kept, ["date"], made)


def _texts_of(work):
    """{(draft pk, language): {field: text}}."""
    wanted = defaultdict(dict)
    for draft, values in work:
        for name, value in values.items():
            part, _underline, language = name.rpartition("_")
            if part in TEXTS and language in EU_LANGUAGES:
                wanted[draft.pk, language][part] = value
    return wanted


def _write(model, gone, kept, fields, made):
    """Past save() and delete() of the parts: the drafts are known to be drafts."""
    model._base_manager.filter(pk__in=[row.pk for row in gone]).delete()
    model._base_manager.bulk_update(kept, fields, batch_size=SIZE)
    model._base_manager.bulk_create(made, batch_size=SIZE)
