"""Documents that were withdrawn before they recorded the withdrawal of their edition.

Called by the migrations of the apps, with the models as they are there.
"""


def adopt(apps, model, documents_of):
    """Give documents the withdrawal of `model` that took them: of their moment, editor and reason.

    `documents_of(withdrawal)` are the ids of those that it can have taken.
    """
    documents = apps.get_model("documents", "Document").objects
    withdrawals = model.objects.filter(withdrawal=True)
    for withdrawal in withdrawals:
        taken = documents.filter(
            pk__in=documents_of(withdrawal),
            withdrawn_at=withdrawal.live_from,
            withdrawn_by=withdrawal.published_by_id,
            withdrawal_reason=withdrawal.reason,
        )
        if taken.exists():
            taken.update(withdrawn_kind=_kind(apps, model), withdrawn_id=withdrawal.pk)


def _kind(apps, model):
    kinds = apps.get_model("contenttypes", "ContentType").objects
    return kinds.get_or_create(app_label=model._meta.app_label, model=model._meta.model_name)[0]
