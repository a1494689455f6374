"""Filling the fields that an editor types in, as the models themselves tell them."""

from collections import defaultdict

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models

from culturecoop.editions.models import ComputedRow

from . import PAYLOADS

ROOM = 3  # for a number, which tells the objects apart
APPS = ("agreements", "strategy", "documents", "reference", "spreadsheets", "auth")

#: Text that editors do not type into a field of the model, each with the reason.
NOT_TYPED = {
    "auth.Permission.name", "auth.Permission.codename",  # of the program
    "auth.User.password",  # never shown
    "reference.MovedAddress.old_path", "reference.MovedAddress.new_path",  # follow from slugs
    "spreadsheets.ImportRow.subject",  # of a row's cells: by import
    "spreadsheets.ImportJob.resource",  # chosen
    "documents.FileText.text",  # read from the file
    *(f"strategy.{m}.region" for m in ("Text", "Milestone", "Link", "Image", "AgreementList")),
}  # fmt: skip
#: And what they type although the field is in no form of the model.
TYPED_ELSEWHERE = {
    "documents.DocumentFile.original_name",
    "agreements.AgreementEdition.change_note", "agreements.AgreementEdition.reason",
    "agreements.AgreementEdition.redirect_to",
    "strategy.PageEdition.change_note", "strategy.PageEdition.reason",
    "strategy.PageEdition.redirect_to",
}  # fmt: skip
#: Addresses that the form of a withdrawal takes or refuses, not the field.
BY_ITS_FORM = {"agreements.AgreementEdition.redirect_to", "strategy.PageEdition.redirect_to"}


def is_typed(field):
    """Whether an editor writes text into a field."""
    if issubclass(field.model, ComputedRow) or field.choices:
        return False
    if not isinstance(field, models.CharField | models.TextField):
        return False
    name = name_of(field)
    return name in TYPED_ELSEWHERE or (field.editable and name not in NOT_TYPED)


def name_of(field):
    return f"{field.model._meta.label}.{field.name}"


def typed_fields():
    """All fields of all models that are typed in."""
    return [
        field
        for model in apps.get_models()
        if model._meta.app_label in APPS
        for field in model._meta.concrete_fields
        if is_typed(field)
    ]


class Filling:
    """Gives each field the payloads that it takes, some at a time, and notes what it refuses."""

    def __init__(self):
        self.placed, self.refused = defaultdict(set), defaultdict(set)
        self._packed = {}

    def text(self, model, name, number):
        """The text of a field for the object of this number: all are in it after some objects."""
        field = model._meta.get_field(name)
        packs = self._packs(field)
        if not packs:
            return field.get_default()
        pack = packs[number % len(packs)]
        self.placed[name_of(field)].update(pack)
        return f"{' '.join(pack)} {number}"

    def values(self, model, number, **given):
        """The values of a new object: what is given, and text in all fields that are typed in."""
        fields = [f for f in model._meta.concrete_fields if is_typed(f)]
        texts = {f.name: self.text(model, f.name, number) for f in fields if f.name not in given}
        for field in fields:
            self._packs(field)  # what is given is asked about, too
        return texts | given

    def _packs(self, field):
        name = name_of(field)
        if name not in self._packed:
            taken = [payload for payload in PAYLOADS if self._takes(field, payload)]
            self._packed[name] = packed(taken, (field.max_length or 100_000) - ROOM)
        return self._packed[name]

    def _takes(self, field, payload):
        try:
            field.clean(payload, field.model())
        except ValidationError:
            self.refused[name_of(field)].add(payload)
            return False
        return True

    def rounds(self, model):
        """How many objects hold all payloads in each field."""
        return max(len(self._packs(f)) for f in model._meta.concrete_fields if is_typed(f))

    def left_out(self):
        """{name of a field: payloads that it was neither given nor refused}."""
        return {
            name: missing
            for name in map(name_of, typed_fields())
            if name not in BY_ITS_FORM
            if (missing := set(PAYLOADS) - self.placed[name] - self.refused[name])
        }


def packed(payloads, length):
    """The payloads in lists that fit a field of this length together."""
    packs = []
    for payload in payloads:
        if packs and len(" ".join([*packs[-1], payload])) <= length:
            packs[-1].append(payload)
        else:
            packs.append([payload])
    return packs
