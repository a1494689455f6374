"""Menus for the base template of the whole site."""

from django import template

from ..titles import Titles

register = template.Library()


@register.simple_tag(takes_context=True)
def page_titles(context):
    """The Titles that the view has read already, else those of the menus."""
    return context.get("titles") or Titles()
