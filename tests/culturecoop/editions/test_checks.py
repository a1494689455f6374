"""An edition or a part that is wired wrongly fails at start-up, with a hint."""

import pytest
from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps

from agreements.models import Agreement, AgreementEdition
from culturecoop.editions import checks
from culturecoop.editions.constraints import edition_constraints, part_constraints
from culturecoop.editions.models import (
    ComputedRow,
    Edition,
    EditionPart,
)


def test_the_site_itself_is_wired_rightly():
    assert checks.check_editions(None) == []


@isolate_apps("agreements")
def faults(make, monkeypatch):
    model = make()
    monkeypatch.setattr(apps, "get_models", lambda: [model])
    return [error.id for error in checks.check_editions(None)]


def without_track():
    class Wrong(Edition):
        class Meta(Edition.Meta):
            app_label = "agreements"

    return Wrong


def without_identity():
    class Wrong(Edition):
        track_fields = ("number",)

        class Meta(Edition.Meta):
            app_label = "agreements"
            constraints = edition_constraints("wrong", "number")

    return Wrong


def without_guards():
    class Wrong(Edition):
        track_fields = ("agreement",)
        agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="+")

        class Meta(Edition.Meta):
            app_label = "agreements"

    return Wrong


def protected_part():
    class Wrong(EditionPart):
        edition = models.ForeignKey(AgreementEdition, models.PROTECT, related_name="+")

        class Meta:
            app_label = "agreements"
            constraints = part_constraints("wrong")

    return Wrong


def part_without_guards():
    class Wrong(EditionPart):
        edition = models.ForeignKey(AgreementEdition, models.CASCADE, related_name="+")

        class Meta:
            app_label = "agreements"

    return Wrong


def cascading_stranger():
    class Wrong(models.Model):  # noqa: DJ008
        edition = models.ForeignKey(AgreementEdition, models.CASCADE, related_name="+")

        class Meta:
            app_label = "agreements"

    return Wrong


def derived():
    class Right(ComputedRow):
        edition = models.ForeignKey(AgreementEdition, models.CASCADE, related_name="+")

        class Meta:
            app_label = "agreements"

    return Right


@pytest.mark.parametrize(
    ("make", "expected"),
    [
        (without_track, ["editions.E001"]),
        (without_identity, ["editions.E002"]),
        (without_guards, ["editions.E003"]),
        (protected_part, ["editions.E004"]),
        (part_without_guards, ["editions.E005"]),
        (cascading_stranger, ["editions.E006"]),
        (derived, []),
    ],
)
def test_misuse_is_found(make, expected, monkeypatch):
    assert faults(make, monkeypatch) == expected
