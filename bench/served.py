"""A site of its own in a process of its own, which answers how long each request took.

`python served.py COUNT plain|varied` makes the site, prints a line and then answers each line
{"path": …, "signed_in": …} with a line {"seconds": …, "status": …}; with "plans" it adds the
slowest statements of the request and how the database goes about them. It also runs with the
modules of an older commit: it asks of them only what that has.
"""

import gc
import json
import sys
import time

from bench.scratch import scratch_site


def main(count, content):
    with scratch_site():
        fill(int(count), content)
        clients = {True: signed_in(), False: reader()}
        say(ready=True)
        for line in sys.stdin:
            asked = json.loads(line)
            say(**answered(clients[asked["signed_in"]], asked))


def fill(count, content):
    """Make the register, what search knows of it, and what the database knows of its tables."""
    from django.core.management import call_command, get_commands
    from django.db import connection

    from bench.content import make_register

    usual = gc.get_threshold()
    gc.set_threshold(100_000, *usual[1:])  # many rows are made, and looked through less often
    if content == "varied":
        from bench.variety import Varied

        make_register(count, Varied())
    else:
        make_register(count)
    if "rebuild_search" in get_commands():  # the older commit has no search
        call_command("rebuild_search", verbosity=0)
    gc.set_threshold(*usual)
    with connection.cursor() as cursor:
        # What PostgreSQL does by itself some minutes after so many rows were made.
        cursor.execute("ANALYZE" if connection.vendor == "sqlite" else "VACUUM ANALYZE")


def reader():
    from django.test import Client

    return Client()


def signed_in():
    from django.contrib.auth import get_user_model

    client = reader()
    client.force_login(get_user_model().objects.create_superuser("bench"))
    return client


def answered(client, asked):
    if asked.get("plans"):
        from bench.plans import plans_of

        return {"plans": plans_of(lambda: client.get(asked["path"]))}
    gc.collect()
    began = time.perf_counter()
    response = client.get(asked["path"])
    length = len(response.content)
    seconds = time.perf_counter() - began
    return {"seconds": seconds, "status": response.status_code, "length": length}


def say(**words):
    print(json.dumps(words), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
