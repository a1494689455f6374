"""The widgets of the page of the columns."""

from django import forms
from django.template.loader import render_to_string

#: The answer for a word that has none yet.
OPEN = "?"


class _TemplateWidget(forms.Widget):
    """A widget whose template stands with those of the admin."""

    def render(self, name, value, attrs=None, renderer=None):
        return render_to_string(self.template_name, self.get_context(name, value, attrs))


class TargetsSelect(_TemplateWidget):
    """A select for each column of ours that a heading goes to, and one for a further one."""

    template_name = "admin/spreadsheets/target.html"

    def __init__(self, heading, targets):
        super().__init__()
        self.heading, self.targets = heading, targets

    def get_context(self, name, value, attrs):
        chosen = [target for target in value or [] if target]
        return {"name": name, "heading": self.heading, "chosen": chosen, "targets": self.targets}

    def value_from_datadict(self, data, files, name):
        return data.getlist(name)


class WordsTable(_TemplateWidget):
    """A table of the words of the file, with a field for our word beside each.

    `words` are [(word, how often it stands in the samples)]; the value is {word: ours}.
    """

    template_name = "admin/spreadsheets/words.html"
    use_fieldset = True

    def __init__(self, words, target):
        super().__init__()
        self.words, self.target = words, target

    def get_context(self, name, value, attrs):
        words = [(word, count, value.get(word, OPEN)) for word, count in self.words]
        return {"name": name, "words": words, "target": self.target}

    def value_from_datadict(self, data, files, name):
        return dict(zip(data.getlist(f"{name}-word"), data.getlist(name), strict=False))
