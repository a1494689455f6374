"""`python -m soak disk [SECONDS]`: a disk that fills up again and again, while everybody works."""

import random
import time
from contextlib import suppress

from django.db import connection

from tests.site.disk import fill

from .load import bear
from .site import soak_site
from .verdict import Verdict

SECONDS = 60
KB = 1024


def main(seconds=SECONDS):
    verdict = Verdict(f"a full disk for {seconds} seconds")
    with soak_site() as site:
        filler = site.folder / "filler"

        def trouble():
            with suppress(OSError):  # somebody else took the last room meanwhile
                fill(site.folder, leave=random.choice([0, 50, 500, 3000]) * KB)
            time.sleep(random.uniform(1, 3))

        def relief():
            filler.unlink(missing_ok=True)
            time.sleep(random.uniform(0.5, 2))

        where = "SQLite on it" if connection.vendor == "sqlite" else "PostgreSQL elsewhere"
        verdict.tell(f"A disk that fills up, with the files of the site and {where}")
        bear(site, verdict, seconds, trouble, relief)
    return verdict.status()
