"""Parties that authors ask for, because only publishers add them; and what they were answered."""

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from culturecoop.reference.verbs import NotPossible, amend
from culturecoop.texts import LineField, PlainTextField

from .parties import CODE_SIGNS, Party, PartyKind


class PartyRequestQuerySet(models.QuerySet):
    def open(self):
        """Those that nobody has answered."""
        return self.filter(answered_at__isnull=True)


class PartyRequest(models.Model):
    """That somebody asked for a party, from where, and who answered what."""

    class Outcome(models.TextChoices):
        ADDED = "added", _("added")
        DECLINED = "declined", _("declined")

    name = LineField(_("name"), max_length=200)
    code = models.CharField(_("code"), max_length=24, blank=True, validators=[CODE_SIGNS])
    kind = models.CharField(_("kind"), max_length=20, choices=PartyKind, default=PartyKind.COUNTRY)
    note = PlainTextField(
        _("note"), blank=True, help_text=_("What a publisher should know: where it is named.")
    )
    edition = models.ForeignKey(
        "agreements.AgreementEdition",
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("asked for in"),
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        editable=False,
        related_name="+",
        verbose_name=_("asked by"),
    )
    asked_at = models.DateTimeField(_("asked at"), auto_now_add=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("answered by"),
    )
    answered_at = models.DateTimeField(_("answered at"), null=True, editable=False)
    outcome = models.CharField(
        _("outcome"), max_length=10, choices=Outcome, blank=True, editable=False
    )
    party = models.ForeignKey(
        Party, models.SET_NULL, null=True, editable=False, related_name="+", verbose_name=_("party")
    )
    reason = LineField(_("reason"), blank=True, help_text=_("Who asked for it reads it."))

    objects = PartyRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request for a party")
        verbose_name_plural = _("requests for parties")
        ordering = ["asked_at", "pk"]
        default_permissions = ()

    def __str__(self):
        return self.name


@transaction.atomic
def add_asked(asked, party, *, by):
    """Answer a request with a party, which is stored when it is new."""
    _hold(asked)
    if party.pk is None:
        amend(party, by=by)
    _answer(asked, by, outcome=PartyRequest.Outcome.ADDED, party=party)


@transaction.atomic
def decline(asked, reason, *, by):
    """Answer a request with the reason why there is to be no such party."""
    _hold(asked)
    _answer(asked, by, outcome=PartyRequest.Outcome.DECLINED, reason=reason)


def _hold(asked):
    """Lock a request that is open; NotPossible when somebody was faster."""
    if not PartyRequest.objects.open().select_for_update().filter(pk=asked.pk).exists():
        raise NotPossible(gettext("Somebody else has answered this request meanwhile."))


def _answer(asked, by, **answer):
    answer |= {"answered_by": by, "answered_at": timezone.now()}
    for name, value in answer.items():
        setattr(asked, name, value)
    asked.save(update_fields=[*answer])
