"""Owners of the addresses that moved before addresses had owners: the rows they lead to.

Called by the migrations of the apps, with the models as they are there.
"""

from django.utils import timezone


def adopt(apps, model, *, prefix, field, seen_from):
    """Give those rows that lead to an address below `prefix` their owner; return them.

    `seen_from(pk)` gives since when readers see a row of the model. An address that it had before
    that leads on no more: nobody knows it. What leads nowhere stays as it is.
    """
    moved = apps.get_model("reference", "MovedAddress").objects
    adopted = []
    for row in moved.filter(content_type=None, object_text__startswith=prefix):
        key = row.object_text.removeprefix(prefix).removesuffix("/")
        owner = model.objects.filter(**{field: key}).first()
        if owner is None:
            continue
        _copy_from_log(apps, row, model, field, prefix)
        if _is_after(seen_from(owner.pk), row.at):
            row.delete()
            continue
        row.content_type = _kind(apps, model)
        row.object_id, row.object_text = owner.pk, name(owner)
        row.save()
        adopted.append(row)
    return adopted


def name(owner):
    """Return the name of the owner that the moved address keeps."""
    if hasattr(owner, "path"):
        return f"/{owner.path}"
    return getattr(owner, "title", owner.slug)


def spread(apps, model, adopted, *, seen_from):
    """Give what stood below the adopted pages rows of its own: it was led on along with them."""
    moved = apps.get_model("reference", "MovedAddress").objects
    kind = _kind(apps, model)
    for row in adopted:
        page = model.objects.get(pk=row.object_id)
        old, new = row.old_path, f"/{page.path}/"
        below = model.objects.filter(path__startswith=f"{page.path}/")
        found = [(f"{old}{p.path.removeprefix(page.path + '/')}/", p.pk, name(p)) for p in below]
        found += [
            (old + gone.old_path.removeprefix(new), gone.object_id, gone.object_text)
            for gone in moved.filter(old_path__startswith=new, content_type=kind)
        ]
        for path, pk, text in found:
            there = model.objects.filter(path=path.strip("/")).exists()
            if pk != page.pk and not there and not _is_after(seen_from(pk), row.at):
                owner = {"content_type": kind, "object_id": pk, "object_text": text}
                moved.get_or_create(
                    old_path=path, defaults={**owner, "at": row.at, "by_id": row.by_id}
                )


def _is_after(seen, moved_at):
    """Return whether readers first saw it after it had moved, or never."""
    return seen is None or seen > (moved_at or timezone.now())


def _copy_from_log(apps, row, model, field, prefix):
    """Set when it moved and by whom, where the log has it."""
    log = apps.get_model("reference", "Amendment").objects
    key = row.old_path.removeprefix(prefix).removesuffix("/")
    opts = {"content_type__app_label": model._meta.app_label}
    found = log.filter(
        content_type__model=model._meta.model_name, before__isnull=False,
        **{f"before__{field}": key}, **opts,
    )  # fmt: skip
    leaving = (one for one in found.order_by("-at") if (one.after or {}).get(field) != key)
    last = next(leaving, None)
    if last:
        row.at, row.by_id = last.at, last.by_id


def _kind(apps, model):
    kinds = apps.get_model("contenttypes", "ContentType").objects
    opts = model._meta
    return kinds.get_or_create(app_label=opts.app_label, model=opts.model_name)[0]
