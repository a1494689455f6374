from django import template
from wagtail.models import Site

register = template.Library()


@register.simple_tag(takes_context=True)
def menu_pages(context):
    """The home page and those below it that stand in the menus, with one query."""
    home = Site.find_for_request(context["request"]).root_page
    return list(home.get_descendants(inclusive=True).live().in_menu())
