"""What readers would miss in the documents of a draft."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from culturecoop.editions.questions import Question
from culturecoop.texts import quoted

from .models import Document


def lacks_file(draft, place=""):
    """Return the Question about documents of a draft with neither file nor address, or None."""
    bare = Document.objects.filter(pk__in=draft.document_ids(), files=None).order_by("title", "pk")
    titles = [quoted(title) for title in bare.values_list("title", flat=True)]
    if not titles:
        return None
    return Question(
        "no_file",
        ngettext(
            "A document has neither a file nor an address, so readers see its title only: "
            "%(what)s.",
            "Documents have neither a file nor an address, so readers see their titles only: "
            "%(what)s.",
            len(titles),
        )
        % {"what": ", ".join(titles)},
        _("Documents have neither a file nor an address."),
        place=place,
    )
