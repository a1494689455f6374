"""What follows an upgrade: which command makes the pictures of images that are from before."""

from django.apps import apps
from django.db.models.signals import post_migrate
from django.dispatch import receiver

from culturecoop.upgrades import has_table, say

from .models import Image, Picture


@receiver(post_migrate, sender=apps.get_app_config("strategy"))
def name_the_command(using, verbosity, stdout=None, **kwargs):
    """Say it where readers get an image as it was uploaded."""
    if verbosity and has_table(Picture, using):
        made = Picture.objects.using(using).values("pk")
        if Image.objects.using(using).exclude(file__in=made).exists():
            say("Images are shown as uploaded: run `manage.py rebuild_pictures`.", stdout)
