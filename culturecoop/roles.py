"""The roles of editors: groups made at every migration, with the rights of this table.

The names of the groups are identifiers: other code and settings refer to them. The table is
the truth: an institution that wants other rights makes a group of its own.
"""

from django.apps import apps
from django.contrib.auth.management import create_permissions

AUTHOR, PUBLISHER, ADMINISTRATOR = "author", "publisher", "administrator"

# Who may do what, by the permissions' own names. A role has what the ones before it have.
# Parts and blocks ask for the right to their edition, so they are not in the table.
RIGHTS = {
    AUTHOR: {
        # edit drafts, make them, discard them
        "agreements": "add_ change_ delete_ view_agreementedition  view_agreement"
        "  view_party view_partyname view_partyalias view_membership"
        "  view_theme view_themename",
        "strategy": "add_ change_ delete_ view_pageedition  view_page",
        # a new document and a new file are not public yet
        "documents": "add_ view_document  add_ view_documentfile",
        "reference": "view_amendment view_movedaddress",
        "spreadsheets": "add_ change_ view_importjob",
    },
    PUBLISHER: {
        "agreements": "publish_agreementedition  change_agreement"
        "  add_ change_ delete_party  add_ change_ delete_theme"
        "  add_ change_ delete_partyname  add_ change_ delete_partyalias"
        "  add_ change_ delete_membership  add_ change_ delete_themename",
        "strategy": "publish_pageedition  change_page",
        "documents": "publish_document  change_ delete_document",
    },
    ADMINISTRATOR: {
        "auth": "add_ change_ view_user  view_group",
        "admin": "view_logentry",
        "documents": "erase_documentfile",
        "editions": "override_review",
        "accounts": "view_accountentry",
        "reference": "free_movedaddress",
        "spreadsheets": "delete_importjob",
    },
}


def permissions_of(role, app_label):
    """The names of the permissions of a role in one app, those of the roles before included."""
    names = set()
    for lower in RIGHTS:
        names |= spelled_out(RIGHTS[lower].get(app_label, ""))
        if lower == role:
            return names
    raise KeyError(role)


def spelled_out(words):
    """{"add_page", "view_page"} from "add_ view_page"."""
    names, waiting = set(), []
    for word in words.split():
        if word.endswith("_"):
            waiting.append(word)
        else:
            _verb, noun = word.split("_", 1)
            names |= {word} | {prefix + noun for prefix in waiting}
            waiting = []
    return names


def make_roles(app_config, using, **kwargs):
    """After the migration of an app: the groups have just the rights of the table in it."""
    create_permissions(app_config, verbosity=0, using=using)
    group_model = apps.get_model("auth", "Group")
    permission_model = apps.get_model("auth", "Permission")
    there = permission_model.objects.using(using).filter(content_type__app_label=app_config.label)
    for role in RIGHTS:
        group, _made = group_model.objects.using(using).get_or_create(name=role)
        wanted = there.filter(codename__in=permissions_of(role, app_config.label))
        group.permissions.remove(*there.exclude(pk__in=wanted))
        group.permissions.add(*wanted)
