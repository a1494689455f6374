"""Where readers find what was published together: the first of many, and the list of all."""

from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

SHOWN = 20  # links


@dataclass(frozen=True)
class PublicLinks:
    """[(address, title, what distinguishes it)] of what was published, or is scheduled.

    `all_url` is the address of the list of all, "" where all stand here.
    """

    links: list
    all_url: str = ""

    def after(self, sentence):
        """Return a message: the sentence, and a line for each link."""
        lines = format_html_join("", '<a href="{}">{}</a> <small>{}</small>', self.links)
        more = format_html('<a href="{}">{}</a>', self.all_url, _("All in the list"))
        return format_html(
            '{}<span class="published">{}{}</span>', sentence, lines, more if self.all_url else ""
        )


def public_links(model_admin, editions, all_url):
    """Return the PublicLinks of editions of the model of an admin, a list or a queryset."""
    found = list(editions[: SHOWN + 1])
    shown, title, distinction = model_admin.look_url, model_admin.title_of, model_admin.distinction
    links = [(shown(one), title(one), distinction(one)) for one in found[:SHOWN]]
    return PublicLinks(links, all_url if len(found) > SHOWN else "")
