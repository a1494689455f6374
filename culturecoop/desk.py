"""The desk: what waits for an editor, in trays. A new tray is a class in `TRAYS`."""

from urllib.parse import urlencode

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from culturecoop.accounts.retirement import account_name
from culturecoop.editions.admin.lists import state_mark
from culturecoop.editions.lasttitles import read_ended

SHOWN = 10  # rows of a tray
COUNTED = 1000  # more are not counted


class Tray:
    """Rows of all kinds of editions: the first ones, how many there are, and the lists of all.

    A subclass names the queryset of `EditionAdmin.desk`, what an empty tray says, the moment that
    its rows stand under, and what is asked of a list that shows all.
    """

    name = title = nothing = ""
    moment = "changed_at"
    asked = {}
    newest_first = True

    def __init__(self, desks):
        """`desks` is [(admin of editions, its desk)]."""
        self.desks = [(admin, desk[self.name]) for admin, desk in desks]

    @property
    def rows(self):
        """The first rows, as {kind, identity, title, url, state, at, by}."""
        rows = [
            self._row(admin, edition)
            for admin, editions in self.desks
            for edition in read_ended(editions[:SHOWN], *admin.title_from)
        ]
        return sorted(rows, key=lambda row: row["at"], reverse=self.newest_first)[:SHOWN]

    def _row(self, admin, edition):
        return {
            "kind": admin.opts.verbose_name,
            "identity": edition.identity,
            "title": admin.title_of(edition),
            "url": admin.edition_url(edition),
            "state": state_mark(edition),
            "compare": edition.is_draft
            and edition.based_on_id
            and admin.verb_url("compare", edition),
            "at": getattr(edition, self.moment),
            "by": edition.changed_by if edition.is_draft else edition.published_by,
        }

    @property
    def lists(self):
        """[{address, label, count, is_more}] of the kinds of which there is something."""
        found = []
        for admin, editions in self.desks:
            if count := editions.order_by()[: COUNTED + 1].count():
                found.append({
                    "address": f"{admin.list_url}?{urlencode(self.asked)}",
                    "label": admin.opts.verbose_name_plural,
                    "count": min(count, COUNTED),
                    "is_more": count > COUNTED,
                })  # fmt: skip
        return found


class Drafts(Tray):
    name, title, nothing = "drafts", _("My drafts"), _("You have no drafts.")
    asked = {"state": "draft", "mine": "1"}


class Waiting(Tray):
    """The drafts of others; once editions go through review, what waits for it."""

    name = "waiting"
    title, nothing = _("Waiting: drafts of others"), _("Nobody else has a draft.")
    asked = {"state": "draft", "mine": "0"}


class Gone(Tray):
    """My drafts that somebody else, or a command, published or discarded in the last days."""

    name, title = "gone", _("My drafts that others published or discarded")
    nothing = _("Nobody else published or discarded a draft of yours lately.")
    moment = "published_at"
    lists = ()

    def __init__(self, desks):
        super().__init__(desks)
        self.discarded = [(admin, list(desk["discarded"][:SHOWN])) for admin, desk in desks]

    @property
    def rows(self):
        discarded = [row for admin, drafts in self.discarded for row in _discarded(admin, drafts)]
        found = [*super().rows, *discarded]
        return sorted(found, key=lambda row: row["at"], reverse=True)[:SHOWN]

    def _row(self, admin, edition):
        """Lead to where readers see it."""
        done = gettext("published by %(who)s") % {"who": _name(edition.published_by)}
        return super()._row(admin, edition) | {"url": admin.look_url(edition), "by": done}


def _discarded(admin, drafts):
    """Yield the rows of DiscardedDrafts, which lead to the history of what is left."""
    left = _left_of(admin, drafts) if drafts else {}
    for draft in drafts:
        yield {
            "kind": admin.opts.verbose_name,
            "identity": draft.identity_text,
            "title": draft.title,
            "url": admin.history_url(left[draft.identity]) if draft.identity in left else "",
            "state": "",
            "at": draft.discarded_at,
            "by": gettext("discarded by %(who)s") % {"who": _name(draft.discarded_by)},
        }


def _left_of(admin, drafts):
    """Return {identity: edition}, as ids, of what is still there of what drafts were of."""
    identity = admin.model.track_fields[0]
    editions = admin.model.objects.filter(**{f"{identity}__in": [d.identity for d in drafts]})
    return dict(editions.order_by("pk").values_list(identity, "pk"))


def _name(user):
    return account_name(user) or gettext("a command")


class Scheduled(Tray):
    name, title, nothing = "scheduled", _("Scheduled"), _("Nothing is scheduled.")
    moment = "live_from"
    asked = {"state": "scheduled"}
    newest_first = False


class Published(Tray):
    name, title = "published", _("Recently published")
    nothing, moment = _("Nothing was published yet."), "live_from"
    asked = {"state": "live"}


TRAYS = (Drafts, Waiting, Gone, Scheduled, Published)


def trays_of(admins, user):
    """Return the trays of the desk of a user, who may look into these admins of editions."""
    desks = [(admin, admin.desk(user)) for admin in admins]
    return [tray(desks) for tray in TRAYS]
