"""Write the cells of flat rows into drafts, in bulk.

`work` is a list of (draft, {column: new text}); each function writes the columns it knows.
"""

from collections import defaultdict

from agreements.models import (
    AgreementDocument,
    AgreementEdition,
    AgreementParty,
    AgreementText,
    Event,
    Reference,
)
from culturecoop.dates import PartialDate
from culturecoop.languages import EU_LANGUAGES
from culturecoop.tabular import lists

from .contents import DATES, NUMBERS, TEXTS

SIZE = 500
FIELDS = ("kind", "form", "binding", "legal_basis", "internal_note")
#: The fields of parts that cells fill; a part whose fields are all empty is deleted.
CONTENT = {AgreementText: TEXTS, Event: ("date",), Reference: ("value",)}


def write_fields(work):
    changed = []
    for draft, values in work:
        # A blank cell resets a field with choices to its default.
        mine = {name: values[name] for name in FIELDS if name in values}
        for name, value in mine.items():
            setattr(draft, name, value or AgreementEdition._meta.get_field(name).get_default())
        if mine:
            changed.append(draft)
    AgreementEdition._base_manager.bulk_update(changed, FIELDS, batch_size=SIZE)


def write_themes(work, known):
    through = AgreementEdition.themes.through
    wanted = {draft.pk: lists.split(v["themes"]) for draft, v in work if "themes" in v}
    through.objects.filter(agreementedition__in=_filled(work, wanted)).delete()
    through.objects.bulk_create(
        (
            through(agreementedition_id=pk, theme_id=known[slug])
            for pk, slugs in wanted.items()
            for slug in slugs
        ),
        batch_size=SIZE,
    )


def write_parties(work, known):
    _write_list(AgreementParty, "party_id", work, _lists(work, "parties", known))


def write_documents(work, known):
    _write_list(AgreementDocument, "document_id", work, _lists(work, "documents", known))


def _lists(work, column, known):
    """Return {draft pk: [pk, …]} of what the cells of the column name."""
    return {
        draft.pk: [known[code] for code in lists.split(values[column])]
        for draft, values in work
        if column in values
    }


def _write_list(model, attname, work, wanted):
    """The cell is the whole list: those not in it go, the others keep their key."""
    rows = model.objects.filter(edition__in=_filled(work, wanted))
    stored = {(row.edition_id, getattr(row, attname)): row for row in rows}
    kept, made = [], []
    for edition, pks in wanted.items():
        for position, pk in enumerate(pks):
            row = stored.pop((edition, pk), None)
            (kept if row else made).append(row or model(edition_id=edition, **{attname: pk}))
            (row or made[-1]).position = position
    _write(model, stored.values(), kept, ["position"], made)


def write_texts(work):
    _write_parts(AgreementText, "language", work, _texts_of(work))


def write_dates(work):
    """Change, make or delete the only event of its kind for the whole agreement."""
    wanted = {
        (draft.pk, kind): {"date": PartialDate.parse(values[kind]) if values[kind] else None}
        for draft, values in work
        for kind in DATES
        if kind in values
    }
    _write_parts(Event, "kind", work, wanted)


def write_numbers(work):
    """Change the number of the only reference of its collection; its address stays."""
    wanted = {
        (draft.pk, scheme): {"value": _number(values[name])}
        for draft, values in work
        for name, scheme in NUMBERS.items()
        if name in values
    }
    _write_parts(Reference, "scheme", work, wanted)


def _number(cell):
    """Return the only number in the cell; "" when it is blank."""
    [number] = lists.split(cell) or [""]
    return number


def _write_parts(model, key, work, wanted):
    """Change, make or delete the only part of a draft with a code in its field `key`.

    `wanted` is {(draft pk, code): {field: value}}; events of one party are not looked at.
    """
    rows = model.objects.filter(edition__in=_filled(work, (pk for pk, _code in wanted)))
    whole = (row for row in rows if getattr(row, "party_id", None) is None)
    stored = {(row.edition_id, getattr(row, key)): row for row in whole}
    gone, kept, made = [], [], []
    for (pk, code), values in wanted.items():
        row = stored.get((pk, code)) or model(edition_id=pk, **{key: code})
        for name, value in values.items():
            setattr(row, name, value)
        if any(getattr(row, name) for name in CONTENT[model]):
            (kept if row.pk else made).append(row)
        elif row.pk:
            gone.append(row)
    _write(model, gone, kept, CONTENT[model], made)


def _texts_of(work):
    """Return {(draft pk, language): {field: text}}."""
    wanted = defaultdict(dict)
    for draft, values in work:
        for name, value in values.items():
            part, _underline, language = name.rpartition("_")
            if part in TEXTS and language in EU_LANGUAGES:
                wanted[draft.pk, language][part] = value
    return wanted


def _filled(work, pks):
    """Return those of the drafts that may have parts: not the first ones of new agreements.

    A draft that was there before has a version above 1 by now, one of an edition a source.
    """
    empty = {draft.pk for draft, _v in work if draft.version == 1 and not draft.based_on_id}
    return set(pks) - empty


def _write(model, gone, kept, fields, made):
    """Store past save() and delete() of the parts: the drafts are known to be drafts."""
    model._base_manager.filter(pk__in=[row.pk for row in gone]).delete()
    model._base_manager.bulk_update(kept, fields, batch_size=SIZE)
    model._base_manager.bulk_create(made, batch_size=SIZE)
