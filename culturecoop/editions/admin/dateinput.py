"""The box into which a date is typed, with what is understood of it in words below."""

from django.contrib.admin.widgets import AdminTextInputWidget
from django.http import JsonResponse
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.http import require_safe
from js_asset import Script

from culturecoop import typeddates

DATE_ADDRESS = "said-date"


class DateInput(AdminTextInputWidget):
    """A text box for a date; a line below says in words what is understood, or why nothing is.

    The line is filled while one types, and from the beginning where the date is not plain.
    """

    class Media:
        js = [Script("admin_site/dates.js", type="module")]

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        own = context["widget"]["attrs"]
        described = f"{own.get('aria-describedby', '')} {_line_of(own)}"
        own |= {
            "aria-describedby": described.strip(),
            "data-said": reverse(f"admin:{DATE_ADDRESS}"),
        }
        return context

    def render(self, name, value, attrs=None, renderer=None):
        context = self.get_context(name, value, attrs)["widget"]
        box = super().render(name, value, attrs, renderer)
        line = '<div>{}<span class="date-said" id="{}" aria-live="polite">{}</span></div>'
        return format_html(line, box, _line_of(context["attrs"]), _at_first(context["value"]))


def _line_of(attrs):
    """Return the id of the line below the box that has these attributes."""
    return f"{attrs['id']}_said"


def _at_first(text):
    """Return what the line says when the form opens: nothing of what is plain or refused."""
    if not text or typeddates.is_plain(text):
        return ""
    sentence, understood = typeddates.said(text)
    return sentence if understood else ""


@require_safe
def said_date(request):
    """Return what is understood of a date that is being typed, in the language of the editor."""
    text = request.GET.get("text", "").strip()
    sentence, understood = typeddates.said(text) if text else ("", True)
    return JsonResponse({"said": sentence, "understood": understood})
