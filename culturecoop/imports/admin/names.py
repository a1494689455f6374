"""The step in which names that nobody knows are answered, once each."""

from itertools import chain

from django.core.paginator import Paginator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from culturecoop.languages import country_name
from culturecoop.sheets import registry

from ..jobs.states import EDITABLE, claim
from .base import NotNow, StepViews, guarded
from .columns import mapping_of
from .nameforms import PER_PAGE, Answers, NameFormSet
from .namerows import RowsOfNames
from .steps import has_names


class NamesViews(StepViews):
    def urls(self):
        return [("names/", self.names_view, "names")]

    @guarded
    def names_view(self, request, pk):
        job = self.editable_job(request, pk)
        if not has_names(job):
            raise NotNow(_("There are no names to be answered."))
        mapping = mapping_of(job)
        resource = registry.find(mapping.resource)(by=job.created_by)
        answers = Answers(resource, mapping, RowsOfNames(job, mapping))
        opened, settled = names_of(job, mapping)
        show_settled = bool(settled) and (not opened or "settled" in request.GET)
        names = settled if show_settled else opened
        page = Paginator(names, PER_PAGE).get_page(request.GET.get("p"))
        formset = NameFormSet(
            request.POST if request.method == "POST" else None,
            prefix="names",
            initial=[answers.initial(name) for name in page],
            form_kwargs={"answers": answers, "findings": job.findings},
        )
        if formset.is_bound and (answer := self._answered(request, job, mapping, formset, page)):
            return answer
        return self.step_page(
            request, job, "names", "names",
            page=page, formset=formset, parties=answers.parties,
            new=_new_parties(job.findings.get("new", {}), answers.kinds),
            may_add=resource.can_add_names(job.created_by),
            opened=len(opened), settled=len(settled), show_settled=show_settled,
        )  # fmt: skip

    def _answered(self, request, job, mapping, formset, page):
        """Keep the answers of the page; None to show it again for those that are wrong."""
        before, is_valid = _answers(mapping), formset.is_valid()
        known = {*job.findings.get("unmatched", {}), *before}
        for form in formset:
            if form.is_valid() and form.cleaned_data.get("name") in known:
                _keep(mapping, **form.cleaned_data)
        # Parties that answers made, and that no answer means any more.
        now = _answers(mapping)
        for code in _codes(before) - _codes(now):
            mapping.new_names.pop(code, None)
        changed = {name for name, answer in now.items() if before.get(name) != answer}
        answered = sorted({*job.answered, *changed} & now.keys())
        claim(job, job.state, of=EDITABLE, mapping=mapping.to_dict(), answered=answered)
        if not is_valid:
            if number := sum(not form.is_valid() for form in formset):
                message = ngettext(
                    "%(count)d answer cannot be used: see below. The others are kept.",
                    "%(count)d answers cannot be used: see below. The others are kept.",
                    number,
                )
                self.warn(request, message % {"count": number})
            return None
        if "next" in request.POST and page.has_next():
            return self.to(job, "names", {"p": page.next_page_number()})
        return self.plan(request, job)


def names_of(job, mapping):
    """Return the names to be answered, or answered in this import; and those of its mapping."""
    unmatched, answered = job.findings.get("unmatched", {}), {*job.answered}
    # A database may keep the names in an order of its own.
    opened = sorted(unmatched, key=lambda name: (-unmatched[name], name))
    rest = [name for name in _answers(mapping) if name not in unmatched]
    opened += [name for name in rest if name in answered]
    return opened, [name for name in rest if name not in answered]


def _keep(mapping, *, name, codes, rows, **_more):
    """Keep the answer for all rows (None: none) and those for single ones."""
    for answers, answer, is_given in (
        (mapping.names, codes, codes is not None),
        (mapping.row_names, rows, bool(rows)),
    ):
        answers.pop(name, None)
        if is_given:
            answers[name] = answer


def _answers(mapping):
    """Return {name: (codes or None, {slug: codes} of single rows)} of what was answered."""
    names = dict.fromkeys((*mapping.names, *mapping.row_names))
    return {name: (mapping.names.get(name), mapping.row_names.get(name, {})) for name in names}


def _codes(answers):
    """Return the codes of all answers."""
    lists = (codes for whole, rows in answers.values() for codes in (whole or [], *rows.values()))
    return {*chain.from_iterable(lists)}


def _new_parties(new, kinds):
    """Return (code, name, kind) of the parties that are not in the register, in words."""
    return [
        (code, about.get("name") or country_name(code), kinds.get(about["kind"], about["kind"]))
        for code, about in sorted(new.items())
    ]
