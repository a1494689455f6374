"""What public templates show to editors alone."""

from django import template

from culturecoop.editions.admin.publicbar import bar_above
from culturecoop.requests import is_framed
from culturecoop.typed import has_session

register = template.Library()


@register.simple_tag(takes_context=True)
def editors_bar(context):
    """Return the EditorsBar of the page, None for readers: of them nothing is looked up.

    Previews have a way back of their own, and the admin shows pages in frames as readers see them.
    """
    request, shown = context.get("request"), _shown(context)
    if not shown or context.get("preview") or request is None or not has_session(request):
        return None
    return None if is_framed(request) else bar_above(request, shown)


def _shown(context):
    """Return the edition that a page shows, the withdrawal in its place, or reference data."""
    return context.get("edition") or context.get("shown")
