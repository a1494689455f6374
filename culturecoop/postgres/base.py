"""The option `answer_within`: seconds for a statement, at the server and on the way.

The server ends what takes longer (statement_timeout). When its answer does not come through,
as a network that hangs keeps the connection open, this side closes it a little later. Further
connections are then not waited for: see `breaker`.
"""

from contextlib import contextmanager

from django.db.backends.postgresql import base
from psycopg import errors
from psycopg.generators import execute

from .breaker import PATIENCE, breaker

ON_THE_WAY = 3  # seconds that an answer may need after the server has given up


class DatabaseWrapper(base.DatabaseWrapper):
    def get_connection_params(self):
        params = super().get_connection_params()
        seconds = params.pop("answer_within", None)
        if seconds:
            limit = f"-c statement_timeout={seconds * 1000}"
            params["options"] = f"{params.get('options', '')} {limit}".strip()
        return params

    def get_new_connection(self, conn_params):
        seconds = self.settings_dict["OPTIONS"].get("answer_within")
        if not seconds:
            return super().get_new_connection(conn_params)
        with breaker.connecting():
            connection = super().get_new_connection(conn_params)
        limit(connection, seconds + ON_THE_WAY)
        return connection

    def is_usable(self):
        """Whether a kept connection still answers, and soon: no request waits long to know."""
        if breaker.refuses:
            return False
        with self.impatient():
            return super().is_usable()

    def snapshot(self):
        """Return which transactions have ended: bytes, or None when the server does not say.

        It is asked without a cursor, which takes twice as long as the question.
        """
        self.ensure_connection()
        with self.wrap_database_errors, self.impatient():
            self.connection.pgconn.send_query(b"SELECT pg_current_snapshot()")
            [found] = self.connection.wait(execute(self.connection.pgconn))
        return found.get_value(0, 0)

    @contextmanager
    def impatient(self):
        """Wait for an answer only as long as one takes that does not hang."""
        connection = self.connection
        usual = getattr(connection, "patience", None)
        if usual is not None:
            connection.patience = PATIENCE
        try:
            yield
        finally:
            if usual is not None:
                connection.patience = usual


def limit(connection, seconds):
    """Let a psycopg connection close when nothing comes for so long, its `patience`."""
    wait, connection.patience = connection.wait, seconds

    def wait_no_longer(generator, *args, timeout=None, **kwargs):
        try:
            return wait(generator, *args, timeout=timeout or connection.patience, **kwargs)
        except errors._WaitTimeout:
            connection.pgconn.finish()
            breaker.hangs()
            raise errors.OperationalError("The database does not answer.") from None

    connection.wait = wait_no_longer
