"""One draft, open before two people: she saves first."""

import pytest
from django.urls import reverse

from tests.forms import fields, said


def address_of(draft):
    opts = draft._meta
    return reverse(f"admin:{opts.app_label}_{opts.model_name}_change", args=[draft.pk])


class Form:
    """What stands in the form of a draft that somebody has opened."""

    def __init__(self, client, draft):
        self.client, self.address = client, address_of(draft)
        self.form_id = f"{draft._meta.model_name}_form"
        self.values = fields(client.get(self.address), self.form_id)

    def post(self, **changes):
        """Send the form; where it comes back, go on with what stands in it then."""
        response = self.client.post(self.address, self.values | changes)
        if response.status_code == 200:
            self.values = fields(response, self.form_id)
            self.told = response.context.get("conflict")
        return response

    def save(self, **changes):
        response = self.post(**changes)
        assert response.status_code == 302, said(response)

    def choose(self, **choices):
        """Choose "mine" or "theirs" by the beginning of a subject, else as `everything` says."""
        everything = choices.pop("everything", None)
        names = {told.name: told.subject for told in self.told["both"]}
        for name, subject in names.items():
            given = (side for word, side in choices.items() if subject.startswith(word))
            if side := next(given, everything):
                self.values[name] = [side]
        return self.post()

    def over(self):
        return self.post(_over=str(self.told["version"]))

    def subjects(self, whose):
        return [told.subject for told in self.told[whose]]


@pytest.fixture
def forms(signed_in):
    """forms(draft) → (my Form, hers)."""

    def open_(draft):
        mine, hers = signed_in("author", "adam"), signed_in("author", "maria")
        return Form(mine, draft), Form(hers, draft)

    return open_
