"""The questions about drafts, as fields of the forms that publish them."""

from dataclasses import dataclass

from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..questions import YES, Question

PREFIX = "answer_"
SHOWN = 20  # how many drafts a question names


class AnswersForm(forms.Form):
    """Mixed into a form: each question a field; `answers` are what was answered."""

    def ask(self, questions):
        for question in questions:
            self.fields[PREFIX + question.code] = field = _field(question)
            field.place = question.place

    def clean(self):
        cleaned = super().clean()
        names = [name for name in cleaned if name.startswith(PREFIX)]
        answered = {name.removeprefix(PREFIX): cleaned.pop(name) for name in names}
        cleaned["answers"] = {
            code: YES if answer is True else answer for code, answer in answered.items() if answer
        }
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
    return forms.BooleanField(
        label=question.text,
        error_messages={"required": _("Tick this if it is so; else mend the draft first.")},
    )


@dataclass
class SharedQuestion:
    """A question that is asked once for several drafts: `titles` are theirs."""

    question: Question
    titles: list


class SharedAnswersForm(forms.Form):
    """Mixed into a form for many drafts: an unticked question leaves out the drafts it names."""

    def ask(self, shared):
        for one in shared:
            self.fields[PREFIX + one.question.code] = forms.BooleanField(
                label=one.question.general, required=False, help_text=_concerned(one.titles)
            )

    def clean(self):
        cleaned = super().clean()
        names = [name for name in cleaned if name.startswith(PREFIX)]
        agreed = {name.removeprefix(PREFIX) for name in names if cleaned.pop(name)}
        cleaned["agreed"] = sorted(agreed)
        return cleaned


def _concerned(titles):
    number = len(titles)
    intro = ngettext(
        "It concerns %(n)d draft; unticked, it is left out:",
        "It concerns %(n)d drafts; unticked, they are left out:",
        number,
    ) % {"n": number}
    named = format_html_join("", "<li>{}</li>", ((title,) for title in titles[:SHOWN]))
    more = format_html("<li>…</li>") if number > SHOWN else ""
    return format_html("{}<ul>{}{}</ul>", intro, named, more)


def shared_questions(drafts, title_of):
    """The SharedQuestions about drafts that nothing stands in the way of."""
    found = {}
    for draft in drafts:
        for question in draft.questions():
            shared = found.setdefault(question.code, SharedQuestion(question, []))
            shared.titles.append(title_of(draft))
    return list(found.values())
