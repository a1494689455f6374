"""The sheet of memberships: which party belongs to which grouping, since when. For publishers."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agreements.models import Membership, Party
from culturecoop.sheets.columns import CodeWidget, Column, DayWidget
from culturecoop.sheets.reference import ReferenceResource
from culturecoop.sheets.registry import register

from .party_names import PartyNameMixin

CODE_HELP = gettext_lazy("Its code, as in the sheet “parties”.")


@register
class MembershipResource(PartyNameMixin, ReferenceResource):
    """One row a membership, identified by the grouping, the member and the first day."""

    name = "memberships"
    label = gettext_lazy("memberships")
    about = gettext_lazy("Which parties belong to which groupings, from a day until a day.")
    order = 20
    model = Membership
    key_fields = ("grouping__code", "since", "member__code")
    keys = ("grouping", "since", "member")
    required = ("grouping", "member")
    related = ("grouping", "member")
    export_permissions = ("agreements.view_membership",)
    import_permissions = ("agreements.add_membership", "agreements.change_membership")

    grouping = Column("grouping", CodeWidget("parties", Party, "code"), help=CODE_HELP)
    member = Column("member", CodeWidget("parties", Party, "code"), help=CODE_HELP)
    base = Column("base", fixed=True)
    since = Column(
        "since", DayWidget(), help=gettext_lazy("The first day. Empty: always, or not known.")
    )
    until = Column(
        "until",
        DayWidget(),
        help=gettext_lazy("The first day it was no member any more. Empty: it still is one."),
    )

    def contents(self, keys):
        keys = set(keys)
        groupings = {key[0] for key in keys}
        rows = Membership.objects.filter(grouping__code__in=groupings)
        found = {}
        for row in rows.select_related("grouping", "member"):
            since, until = (str(day) if day else "" for day in (row.since, row.until))
            key = (row.grouping.code, since, row.member.code)
            if key in keys:
                names = ("grouping", "since", "member", "until")
                found[key] = dict(zip(names, (*key, until), strict=True))
        return found

    def instance(self, row):
        grouping, since, member = (row.keys[name] for name in self.keys)
        found = Membership.objects.filter(
            grouping__code=grouping, member__code=member, since=since or None
        )
        obj = found.first() or Membership(
            grouping_id=self.known("grouping").get(grouping),
            member_id=self.known("member").get(member),
            since=since or None,
        )
        if "until" in row.new_values:
            obj.until = row.new_values["until"] or None
        return obj

    def check(self, row):
        """Check that no grouping is its own member, and that a membership ends after it began."""
        super().check(row)
        if row.keys["grouping"] == row.keys["member"]:
            row.refuse("member", _("A grouping is not a member of itself."))
        since, until = row.keys["since"], row.value("until", self.column("until"))
        if since and until and until <= since:
            row.refuse("until", _("Expected a day after the first one."))
