"""The field in which a party is chosen, with the way to one that is not in the list."""

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from js_asset import Script

from culturecoop.editions.admin import KnownChoice, PartInline


class PartyChoice(KnownChoice):
    """An autocomplete with a link below it, which missing.js opens in a dialog."""

    edition = ""  # the number of the edition whose form it is in

    def render(self, name, value, attrs=None, renderer=None):
        address = reverse("admin:agreements_party_missing")
        return format_html(
            '<div class="party-choice">{}<a class="party-missing" href="{}?edition={}"'
            ' target="_blank">{}</a></div>',
            super().render(name, value, attrs, renderer),
            address,
            self.edition,
            gettext("Not in the list?"),
        )


class PartyInline(PartInline):
    """Mixed into an inline whose rows name a party."""

    autocomplete_fields = ["party"]
    choice_widgets = {"party": PartyChoice}

    class Media:
        js = [Script("admin_site/missing.js", type="module")]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """The dialog asks for less than the form that the stock "add" opens, and by everybody."""
        formfield = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "party":
            formfield.widget.can_add_related = False
            formfield.widget.widget.edition = _edition_of(request)
        return formfield


def _edition_of(request):
    """Return the number of the edition in whose address the form is, as a text; "" of a new one."""
    named = request.resolver_match.kwargs
    return str(named.get("object_id") or named.get("pk") or "")
