"""How many notifications somebody has not read, for the head of the pages of the admin."""

from django import template

from ..models import Notification

register = template.Library()


@register.simple_tag
def unread_notifications(user):
    """Return how many notifications a user has not read."""
    return Notification.objects.filter(person=user.pk, read_at=None).count() if user.pk else 0
