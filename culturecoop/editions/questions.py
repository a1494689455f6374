"""The hints and the questions before a draft is published: answers are kept with the edition."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

YES = "yes"


@dataclass(frozen=True)
class Question:
    """What an editor has to confirm or to choose before publication.

    `code` names the question, `text` asks it of this draft, in the words that readers will see;
    `general` asks the same of many drafts. Without `choices` the only answer is yes; `proposed` is
    the one that many drafts get when it is confirmed for all of them. `place` is the fragment of
    the draft's form where it is mended, `url` what else to look at.
    """

    code: str
    text: str
    general: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    proposed: str = YES
    place: str = ""
    url: str = ""

    def accepts(self, answer: str | None) -> bool:
        return answer in ([value for value, _label in self.choices] or [YES])

    def answer_label(self, answer: str) -> str:
        """Return the answer in words, as the history keeps it."""
        return str(dict(self.choices).get(answer, _("Yes")))


@dataclass(frozen=True)
class Hint:
    """What an editor may want to look at before publication: nothing has to be answered.

    `place` is a fragment of the draft's form, or the address of another page.
    """

    text: str
    place: str = ""


def kept(questions: Iterable[Question], answers: Mapping[str, str]) -> list[dict[str, str]]:
    """Return what the history keeps: [{"question": …, "answer": …}]."""
    return [
        {"question": question.text, "answer": question.answer_label(answers[question.code])}
        for question in questions
    ]
