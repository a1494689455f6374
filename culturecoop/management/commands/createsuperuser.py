"""`createsuperuser`, whose password has to be good without a person at the keyboard too."""

import os

from django.contrib.auth.management.commands import createsuperuser
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management import CommandError

PASSWORD = "DJANGO_SUPERUSER_PASSWORD"


class Command(createsuperuser.Command):
    def handle(self, *args, **options):
        if not options["interactive"] and PASSWORD in os.environ:
            self._check(os.environ[PASSWORD], options)
        super().handle(*args, **options)

    def _check(self, password, options):
        names = {self.UserModel.USERNAME_FIELD: options[self.UserModel.USERNAME_FIELD] or ""}
        try:
            validate_password(password, self.UserModel(**names))
        except ValidationError as error:
            raise CommandError(f"{PASSWORD}: {' '.join(error.messages)}") from None
