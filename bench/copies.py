"""A register made many times as large by copies, which differ from each other in addresses alone.

Making 10,000 agreements takes minutes, copying them seconds.
"""

from django.core.management.color import no_style
from django.db import connection
from django.db.models import Max

from agreements.models import Agreement, AgreementEdition

#: Columns that tell agreements apart, by the attribute they have in Django.
SLUGS = {"slug"}


def multiply(times):
    """Add copies of all agreements until there are `times` as many, with all that is stored.

    What the admin's lists and the search hold of their words is made after it.
    """
    if times < 2:
        return
    models = list(copied())
    spans = {model: model._base_manager.aggregate(n=Max("pk"))["n"] or 0 for model in models}
    with connection.constraint_checks_disabled(), connection.cursor() as cursor:
        for model in models:
            cursor.execute(_insertion(model, spans, times))
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)


def copied():
    """Yield the models of agreements, their editions, and all rows that belong to those."""
    yield Agreement
    yield AgreementEdition
    for relation in AgreementEdition._meta.get_fields(include_hidden=True):
        refers = relation.one_to_many or relation.one_to_one
        if refers and relation.auto_created and relation.related_model is not AgreementEdition:
            yield relation.related_model


def _insertion(model, spans, times):
    """The statement that adds the rows of all copies, whose keys are `spans` apart."""
    quote = connection.ops.quote_name
    fields = model._meta.concrete_fields
    numbers = " UNION ALL ".join(f"SELECT {n} AS n" for n in range(1, times))
    columns = ", ".join(quote(field.column) for field in fields)
    values = ", ".join(_value(field, quote(field.column), spans) for field in fields)
    table = quote(model._meta.db_table)
    most = f"{quote(model._meta.pk.column)} <= {spans[model]}"
    return (
        f"INSERT INTO {table} ({columns}) SELECT {values} "
        f"FROM {table} CROSS JOIN ({numbers}) AS copies WHERE {most}"
    )


def _value(field, column, spans):
    target = field.remote_field.model if field.remote_field else field.model
    if (field.primary_key or field.remote_field) and target in spans:
        return f"{column} + n * {spans[target]}"
    return f"{column} || '-' || n" if field.name in SLUGS else column
