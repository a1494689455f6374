"""`python -m soak wire [SECONDS]`: a wire to PostgreSQL that is cut and hangs under load."""

import random
import time

from django.db import connection

from tests.site.proxy import wire

from .load import bear
from .site import soak_site
from .verdict import Verdict

SECONDS = 60
LIMITS = {"DATABASE_CONNECT_TIMEOUT": "2", "DATABASE_STATEMENT_TIMEOUT": "2"}


def main(seconds=SECONDS):
    verdict = Verdict(f"a wire that is cut and hangs for {seconds} seconds")
    if connection.vendor == "sqlite":
        verdict.tell("left out: a wire to the database, because SQLite is a file")
        return 0
    database = connection.settings_dict
    with (
        wire(database["HOST"], database["PORT"]) as line,
        soak_site(line.port, **LIMITS) as site,
    ):

        def trouble():
            random.choice([line.cut, line.hang])()
            time.sleep(random.uniform(0.5, 3))

        def relief():
            line.mend()
            time.sleep(random.uniform(1, 4))

        bear(site, verdict, seconds, trouble, relief)
    return verdict.status()
