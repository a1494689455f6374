"""How long the database may take: nobody waits for ever for one that is away, locked or hangs."""

# The network says by itself that the other side is gone (seconds, and milliseconds).
KEEPALIVES = {
    "keepalives": 1,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 15_000,
}
# Compiling a query pays when it takes seconds; those of readers do not.
NO_JIT = {"options": "-c jit=off"}
POSTGRES, SQLITE = "culturecoop.postgres", "culturecoop.sqlite3"
# What SQLite reads as memory instead of by calls: no more than a file has, and copied by nobody.
MAPPED = 2**30
# A thread of the server keeps its connection, and asks before a request whether it is of use.
# Opening SQLite's file, which reads what tables there are, takes a tenth of a page's time.
KEPT = {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}


def configured(entry, *, connect_timeout, lock_timeout):
    """An entry of DATABASES with the limits of waiting; its own options go before ours."""
    entry = {**entry, "OPTIONS": {**entry.get("OPTIONS", {})}}
    if entry["ENGINE"].endswith("sqlite3"):
        entry["ENGINE"] = SQLITE
        entry["OPTIONS"] |= _sqlite(lock_timeout)
    else:
        entry["ENGINE"] = POSTGRES
        limits = {"connect_timeout": connect_timeout, **KEEPALIVES, **NO_JIT}
        entry["OPTIONS"] = {**limits, **entry["OPTIONS"]}
    return entry


def _sqlite(lock_timeout):
    """Writers wait for each other instead of failing.

    Measured with four writing processes: the default deferred mode answered half of the writes
    with "database is locked". Readers wait for nobody, as the journal is a WAL.
    What looks at 100,000 entries takes 8 to 35 % less time with the file in memory; a larger cache
    gave less, temporary tables in memory nothing.
    """
    return {
        "transaction_mode": "IMMEDIATE",
        "timeout": lock_timeout,
        "init_command": (
            f"PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA mmap_size={MAPPED};"
        ),
    }


def limit_answers(databases, seconds):
    """Let no statement of this process take longer: for the server; commands take their time."""
    for entry in databases.values():
        entry.update(KEPT)
        if entry["ENGINE"] == POSTGRES:
            entry["OPTIONS"]["answer_within"] = seconds


def take_time(connection):
    """Lift the limit for one connection that is not open yet: for work beside the requests."""
    options = dict(connection.settings_dict["OPTIONS"])
    options.pop("answer_within", None)
    connection.settings_dict = {**connection.settings_dict, "OPTIONS": options}
