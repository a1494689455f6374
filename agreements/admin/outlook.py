"""What readers would see of a draft, beside what they see now, and what publication would say."""

from dataclasses import dataclass

from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from culturecoop.clock import Reading

from ..contradictions import legal_faults
from ..models import AgreementEdition
from ..presentation import AgreementContent
from ..questions import questions_about
from ..reading import as_period, read_law
from ..treaty import fill_in_sides, form_of, memberships_of, periods_of
from ..vocabulary import NO_STATUS

#: So many changes are shown.
MOST_SHOWN = 12


@dataclass(frozen=True)
class Change:
    """The parties whose status would be another one, from and to the same words."""

    parties: list
    before: str
    after: str


class Law(AgreementContent):
    """The legal part of what readers see of an edition, which `read_law` has read."""

    def __init__(self, edition, memberships):
        self.edition, self.reading = edition, Reading()
        if edition.live_from:
            self.periods = [as_period(row) for row in edition.periods.all()]
        else:
            self.periods = periods_of(edition, memberships)

    @cached_property
    def lines(self):
        """The sentence and what stands under it."""
        parts = "; ".join(self.parts_named)
        return [line for line in (self.sentence, parts, self.own_line, self.partners_line) if line]

    @cached_property
    def parties(self):
        """{party id: (its name, what its row says)} in the order of the table."""
        return {
            row.party.pk: (
                row.party.display_name,
                row.status.party_words if row.status else str(NO_STATUS),
            )
            for row in self.table.rows
        }


class Outlook:
    """What an editor should know of a draft before it is published.

    `edition` is one of its own, which nobody else uses: what was left open in it is filled in.
    `typed` is whether it is not saved; `incomplete` counts the rows that were left out.
    """

    def __init__(self, edition, *, typed=False, incomplete=0):
        self.typed, self.incomplete = typed, incomplete
        live = live_beside(edition)
        read_law([edition, *([live] if live else [])])
        self.faults = list(dict.fromkeys(legal_faults(edition)))
        self.questions = [question.text for question in questions_about(edition)]
        memberships = memberships_of([row.party_id for row in edition.parties.all()])
        edition.form = form_of(edition, memberships)
        fill_in_sides(edition, memberships)
        self.law = Law(edition, memberships)
        self.now = Law(live, {}) if live else None

    @property
    def same(self):
        """Whether readers see all of this now."""
        return self.now is not None and self.now.lines == self.law.lines and not self.changes

    @property
    def says_another(self):
        """Whether the sentence of the whole, or what stands under it, would be another one."""
        return self.now is not None and self.now.lines != self.law.lines

    @cached_property
    def changes(self):
        """What would change for parties, as Changes."""
        if self.now is None:
            return []
        before, after = self.now.parties, self.law.parties
        unlisted, found = ("", _("not listed")), {}
        for party, (name, _words) in {**before, **after}.items():
            words = before.get(party, unlisted)[1], after.get(party, unlisted)[1]
            found.setdefault(words, []).append(name)
        return [Change(names, *words) for words, names in found.items() if words[0] != words[1]]

    @property
    def shown_changes(self):
        return self.changes[:MOST_SHOWN]

    @property
    def parties_left_out(self):
        """How many parties the changes have that are not shown."""
        return sum(len(change.parties) for change in self.changes[MOST_SHOWN:])


def saved_outlook(draft):
    """Return the Outlook of a draft as it is saved, read anew; None for one to be added."""
    if draft is None:
        return None
    return Outlook(AgreementEdition.objects.get(pk=draft.pk))


def live_beside(draft):
    """Return what readers see of the agreement now, or None."""
    if draft.agreement_id is None:
        return None
    return AgreementEdition.objects.live().filter(agreement=draft.agreement_id).first()
