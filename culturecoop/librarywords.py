"""Words of Django and of the block editor that their own catalogues lack in German or French.

Marked here they are in the catalogues of the site, which are asked first.
"""

from django.utils.translation import gettext_noop as _

BLOCK_EDITOR = (
    _("Add new item"),
    _("No items."),
    _("No items. Region may inherit content."),
    _("No regions available."),
    _("No plugins allowed in this region."),
    _("New item"),
    _("Unknown region"),
    _("Collapse all items"),
    _("Uncollapse all items"),
    _("marked for deletion"),
    _("Use Ctrl-Click to select and move multiple items."),
    _("Clone from region"),
    _("Didn't find anything to clone"),
    _("Select all"),
)
ACCOUNTS = (
    _("After you’ve created a user, you’ll be able to edit more user options."),
    _("Password-based authentication"),
    _("Enabled"),
    _("Disabled"),
    _(
        "Whether the user will be able to authenticate using a password or not. If "
        "disabled, they may still be able to authenticate using other backends, such "
        "as Single Sign-On or LDAP."
    ),
    _("Raw passwords are not stored, so there is no way to see the user’s password."),
    _("Enable password-based authentication for this user by setting a password."),
    _("This action will <strong>enable</strong> password-based authentication for this user."),
    _("Disable password-based authentication"),
    _("Enable password-based authentication"),
    _("Password-based authentication was disabled."),
    _("Conflicting form data submitted. Please try again."),
    _("Set password"),
    _("Reset password"),
    _("Set password: %s"),
)
