"""The work of an import as a task of django-tasks, for a worker (`manage.py db_worker`)."""

from django_tasks import task

from .jobs.work import work


@task()
def import_task(pk, what, language):
    """Do `what` ("plan", "run", "undo" or "publish") for the import `pk`."""
    work(pk, what, language)
