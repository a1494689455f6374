"""Django's backend for PostgreSQL, with a limit to how long an answer may take."""
