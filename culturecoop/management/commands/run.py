import errno
import socket
from contextlib import suppress

from django.conf import settings
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.exceptions import SuspiciousFileOperation
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.core.servers.basehttp import get_internal_wsgi_application, run
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import Http404

from culturecoop.accounts.demonstration import make_demonstration_accounts
from culturecoop.roles import ADMINISTRATOR

HOST = "127.0.0.1"


class StaticFiles(StaticFilesHandler):
    """Answers 404 also where an address leads out of the folder."""

    def serve(self, request):
        try:
            return super().serve(request)
        except SuspiciousFileOperation as error:
            raise Http404 from error


class Command(BaseCommand):
    help = "Serve the site on this machine; the first time, make its database and its content."
    requires_system_checks = ()  # `make test` runs them; this is to start at once

    def add_arguments(self, parser):
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *, port, **options):
        refuse_taken_port(port)
        self.prepare()
        self.greet(port)
        try:
            handler = StaticFiles(get_internal_wsgi_application())
            run(HOST, port, handler, threading=True)
        except KeyboardInterrupt:
            self.stdout.write("\nStopped.")

    def prepare(self):
        """Bring the database up to date; fill it when it is empty."""
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self.stdout.write("Preparing the database …")
            call_command("migrate", verbosity=0)
            call_command("rebuild_search", verbosity=0)
            with suppress(CommandError):  # it names what it could not read
                call_command("rebuild_pictures", verbosity=0)
        accounts = make_demonstration_accounts()
        if accounts or not settings.FOUR_EYES:
            by = ADMINISTRATOR if accounts else None
            call_command("load_demonstration", if_empty=True, by=by, stdout=self.stdout)
        self.show(accounts)

    def show(self, accounts):
        if accounts:
            self.stdout.write("Accounts of the demonstration (their passwords are shown once):")
        for name, password in accounts.items():
            self.stdout.write(f"  {name:<15} {password}")

    def greet(self, port):
        address = f"http://{HOST}:{port}/"
        self.stdout.write(f"The site:  {address}\nThe admin: {address}admin/")
        self.stdout.write("Stop with Ctrl+C.")
        self.stdout.flush()


def refuse_taken_port(port):
    """CommandError when something else listens on the port, or it may not be used."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OverflowError:
            raise CommandError(f"There is no port {port}: choose one up to 65535.") from None
        except OSError as error:
            reason = {
                errno.EADDRINUSE: "is taken by another program",
                errno.EACCES: "may only be used by root",
            }.get(error.errno, f"cannot be used ({error.strerror})")
            raise CommandError(
                f"Port {port} {reason}. Choose another: PORT={port + 1 if port > 1023 else 8000}"
                " make run"
            ) from None
