"""The questions about drafts, as fields of the forms that publish them."""

from dataclasses import dataclass

from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from ..questions import YES, Question

PREFIX = "answer_"
SHOWN = 20  # how many drafts a question names
UNTICKED = _("Tick to confirm that this is intended, or correct the draft.")


class Confirmations(forms.Form):
    """A form some of whose fields are questions: they stand by themselves, before the others."""

    confirmation_hint = ""

    @property
    def confirmations(self):
        return [self[name] for name in self.fields if name.startswith(PREFIX)]

    def pop_answers(self):
        """Take {code: answer} out of the cleaned data."""
        names = [name for name in self.cleaned_data if name.startswith(PREFIX)]
        return {name.removeprefix(PREFIX): self.cleaned_data.pop(name) for name in names}


class AnswersForm(Confirmations):
    """Mixed into a form: each question a field; `answers` are what was answered."""

    confirmation_hint = UNTICKED

    def ask(self, questions):
        for question in questions:
            self.fields[PREFIX + question.code] = field = _field(question)
            field.place, field.url = question.place, question.url

    def clean(self):
        cleaned = super().clean()
        answers = self.pop_answers().items()
        cleaned["answers"] = {code: YES if a is True else a for code, a in answers if a}
        return cleaned


def posted_answers(data):
    """{code: answer} of what was posted, before it is checked."""
    return {
        name.removeprefix(PREFIX): value for name, value in data.items() if name.startswith(PREFIX)
    }


def _field(question):
    if question.choices:
        return forms.ChoiceField(
            label=question.text,
            choices=question.choices,
            initial=question.proposed,
            widget=forms.RadioSelect,
        )
    return forms.BooleanField(label=question.text, error_messages={"required": UNTICKED})


@dataclass
class SharedQuestion:
    """A question that is asked once for several drafts: `names` are theirs, as links."""

    question: Question
    names: list


class SharedAnswersForm(Confirmations):
    """Mixed into a form for many drafts: an unticked question leaves out the drafts it names."""

    def ask(self, shared):
        for one in shared:
            self.fields[PREFIX + one.question.code] = forms.BooleanField(
                label=one.question.general, required=False, help_text=_concerned(one.names)
            )

    def clean(self):
        cleaned = super().clean()
        cleaned["agreed"] = sorted(code for code, yes in self.pop_answers().items() if yes)
        return cleaned


def _concerned(names):
    number = len(names)
    intro = ngettext(
        "This affects %(n)d draft. It is published only if you tick here:",
        "This affects %(n)d drafts. They are published only if you tick here:",
        number,
    ) % {"n": number}
    named = format_html_join("", "<li>{}</li>", ((name,) for name in names[:SHOWN]))
    more = mark_safe("<li>…</li>") if number > SHOWN else ""
    return format_html("{}<ul>{}{}</ul>", intro, named, more)


def shared_questions(drafts, linked):
    """The SharedQuestions about drafts that nothing stands in the way of; `linked` names one."""
    found = {}
    for draft in drafts:
        for question in draft.questions():
            shared = found.setdefault(question.code, SharedQuestion(question, []))
            shared.names.append(linked(draft))
    return list(found.values())
