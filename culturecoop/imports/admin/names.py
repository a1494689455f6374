"""The step in which names that nobody knows are answered, once each."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from rapidfuzz import fuzz, process, utils

from culturecoop.languages import country_name, country_names
from culturecoop.sheets import registry
from culturecoop.tabular import lists

from ..jobs.states import EDITABLE, claim
from .base import NotNow, StepAdmin, guarded
from .columns import mapping_of
from .steps import has_names

PER_PAGE = 100
FIELDS = ("codes", "code", "kind", "label")
#: Of a hundred letters of a name and a suggestion, how many are the same, in any order of words.
ALIKE = 77


@dataclass
class Asked:
    """One name: how many rows have it, the first of them, and the answer as it is typed.

    `guess` is a sentence with a party that is called almost so.
    """

    name: str
    count: int
    codes: str = ""
    code: str = ""
    kind: str = ""
    label: str = ""
    out: bool = False
    error: str = ""
    row: int | None = None
    guess: str = ""


class NamesStep(StepAdmin):
    def step_urls(self):
        return [*super().step_urls(), ("names/", self.names_view, "names")]

    @guarded
    def names_view(self, request, pk):
        job = self.editable_job(request, pk)
        if not has_names(job):
            raise NotNow(_("There are no names to be answered."))
        mapping = mapping_of(job)
        known = registry.find(mapping.resource)(by=job.created_by)
        opened, settled = divided(job, asked(job, mapping))
        show_settled = bool(settled) and (not opened or "settled" in request.GET)
        shown = settled if show_settled else opened
        page = Paginator(shown, PER_PAGE).get_page(request.GET.get("p"))
        parties = _parties()
        known_names = called(parties)
        for row in page.object_list:
            if not (row.codes or row.code or row.out):
                row.guess = did_you_mean(row.name, known_names)
        if request.method == "POST":
            answer = self._answered(request, job, mapping, known, page)
            if answer:
                return answer
        return self.step_page(
            request, job, "names", "names",
            page=page, parties=parties, kinds=_kinds(), new=_told(job.findings.get("new", {})),
            may_add=known.can_add_names(job.created_by),
            opened=len(opened), settled=len(settled), show_settled=show_settled,
            query="&settled=1" if show_settled else "",
        )  # fmt: skip

    def _answered(self, request, job, mapping, resource, page):
        """Keep the answers of the page; None to show it again for those that are wrong."""
        _fill(page.object_list, request.POST)
        check = Check(resource, mapping)
        for row in page.object_list:
            check.answer(row)
        before = job.mapping.get("names", {})
        _forget_new(mapping, before)
        said = {name for name, codes in mapping.names.items() if before.get(name) != codes}
        answered = sorted({*job.answered, *said} & mapping.names.keys())
        claim(job, job.state, of=EDITABLE, mapping=mapping.to_dict(), answered=answered)
        if faults := sum(bool(row.error) for row in page.object_list):
            self.warn(request, _needs_another_look(faults))
            return None
        if "next" in request.POST and page.has_next():
            answer = self.to(job, "names")
            answer["Location"] += f"?p={page.next_page_number()}"
            return answer
        return self.plan(request, job)


def asked(job, mapping):
    """[Asked] of the names that are open, then of those answered before."""
    unmatched = job.findings.get("unmatched", {})
    # The most frequent first: a database may keep the names in an order of its own.
    often = sorted(unmatched.items(), key=lambda pair: (-pair[1], pair[0]))
    places = job.findings.get("places", {})
    rows = [Asked(name, count, row=places.get(name)) for name, count in often]
    rows += [Asked(name, 0) for name in mapping.names if name not in unmatched]
    for row in rows:
        codes = mapping.names.get(row.name)
        if codes is None:
            continue
        row.out = not codes
        new = mapping.new_names.get(codes[0]) if len(codes) == 1 else None
        if new:
            row.code, row.kind, row.label = codes[0], new["kind"], new["name"]
        else:
            row.codes = lists.joined(codes)
    return rows


def divided(job, rows):
    """Those to be answered, or answered in this import; and those that its mapping answers."""
    own = {*job.findings.get("unmatched", {}), *job.answered}
    return [row for row in rows if row.name in own], [row for row in rows if row.name not in own]


def _forget_new(mapping, before):
    """Parties that answers made, and that no answer means any more."""
    meant = {code for codes in mapping.names.values() for code in codes}
    for code in {code for codes in before.values() for code in codes} - meant:
        mapping.new_names.pop(code, None)


def _needs_another_look(number):
    return ngettext(
        "%(count)d answer cannot be used: see below. The others are kept.",
        "%(count)d answers cannot be used: see below. The others are kept.",
        number,
    ) % {"count": number}


def _fill(rows, posted):
    """What was typed; a name that was not on the posted page stays as it is."""
    places = {name: str(n) for n, name in enumerate(posted.getlist("name"))}
    for row in rows:
        place = places.get(row.name)
        if place is not None:
            for name in FIELDS:
                setattr(row, name, posted.get(f"{name}-{place}", "").strip())
            row.out = f"out-{place}" in posted


class Check:
    """Turns answers into `names` and `new_names` of the mapping, or notes an error."""

    def __init__(self, resource, mapping):
        self.mapping, self.resource = mapping, resource
        self.index = resource.names(resource.named_columns()[0])
        self.parties = _parties()
        self.codes = {code for code, _name in self.parties}
        self.index.teach(names=mapping.names, new=mapping.new_names)

    def answer(self, row):
        try:
            codes = self._codes(row)
        except ValidationError as error:
            row.error = " ".join(error.messages)
            return
        if codes is None:
            self.mapping.names.pop(row.name, None)
        else:
            self.mapping.names[row.name] = codes

    def _codes(self, row):
        """The codes of the answer, [] to leave the name out, None without one."""
        if sum([bool(row.codes), bool(row.code), row.out]) > 1:
            raise ValidationError(_("Expected one answer: a party, a new one, or to leave it out."))
        if row.code:
            return [self._new(row)]
        if row.codes:
            return list(dict.fromkeys(code for said in lists.split(row.codes)
                                      for code in self._found(said)))  # fmt: skip
        return [] if row.out else None

    def _found(self, said):
        if said in self.mapping.new_names:
            return [said]
        codes = self.index.find(said)
        if not codes:
            message = _("“%(name)s” is neither a code nor a name of a party.") % {"name": said}
            raise ValidationError(f"{message} {did_you_mean(said, called(self.parties))}".strip())
        return codes

    def _new(self, row):
        if not row.label or row.kind not in dict(_kinds()):
            raise ValidationError(_("A new party needs a code, a kind and a name."))
        if row.code in self.codes:
            raise ValidationError(_("The register has a party of this code: give it as the party."))
        if country_name(row.code):
            raise ValidationError(
                _("“%(code)s” is the code of %(name)s: if that is meant, give it as the party.")
                % {"code": row.code, "name": country_name(row.code)}
            )
        told = {"kind": row.kind, "name": row.label}
        self.resource.check_new(row.code, told)
        self.mapping.new_names[row.code] = told
        return row.code


def called(parties):
    """{name: code} of the parties and of all countries."""
    return {name: code for code, name in parties} | {
        name: code for code, name in country_names().items()
    }


def did_you_mean(text, names):
    """Return a sentence with the party that is called almost so, "" without one."""
    found = process.extractOne(
        text,
        names.keys(),
        scorer=fuzz.token_sort_ratio,
        processor=utils.default_process,
        score_cutoff=ALIKE,
    )
    if not found:
        return ""
    name = found[0]
    return _("Did you mean %(name)s (%(code)s)?") % {"name": name, "code": names[name]}


def _kinds():
    column = registry.find("parties")().column("kind")
    return [(str(code), label) for code, label in column.widget.field.flatchoices]


def _told(new):
    """[(code, name, kind)] of the parties that are not in the register, in words."""
    kinds = dict(_kinds())
    return [
        (code, about.get("name") or country_name(code), kinds.get(about["kind"], about["kind"]))
        for code, about in sorted(new.items())
    ]


def _parties():
    """[(code, name)] of the parties, for the list that helps typing."""
    resource = registry.find("parties")()
    return sorted(resource.rows(resource.objects(), ["code", "name"]))
