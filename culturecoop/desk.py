"""The desk: what waits for an editor, in trays. A new tray is a class in `TRAYS`."""

from urllib.parse import urlencode

from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from culturecoop.accounts.retirement import account_name
from culturecoop.editions.admin.lists import state_mark
from culturecoop.editions.lasttitles import read_ended
from culturecoop.languages import language_name
from culturecoop.trays import SHOWN, Tray, listed, only_some


class Editions(Tray):
    """Rows of all kinds of editions.

    A subclass names the queryset of `EditionAdmin.desk`, what an empty tray says, the moment that
    its rows stand under, and what is asked of a list that shows all.
    """

    moment = "changed_at"
    asked = {}
    newest_first = True

    def __init__(self, desks):
        """`desks` is [(admin of editions, its desk)]."""
        self.desks = [(admin, desk[self.name]) for admin, desk in desks if self.name in desk]

    @cached_property
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

    @cached_property
    def lists(self):
        """Return the lists of the kinds of which there is something."""
        asked = urlencode(self.asked)
        return only_some(
            listed(editions, f"{admin.list_url}?{asked}", admin.opts.verbose_name_plural)
            for admin, editions in self.desks
        )


class Drafts(Editions):
    name, title, nothing = "drafts", _("My drafts"), _("You have no drafts.")
    asked = {"state": "draft", "mine": "1"}


class ToReview(Editions):
    """What was submitted to those who may publish it; a row leads to where they decide."""

    name, title, nothing = "review", _("To review"), _("Nothing is to be reviewed.")
    asked = {"review": "submitted"}

    def _row(self, admin, edition):
        return super()._row(admin, edition) | {"url": admin.verb_url("publish", edition)}


class SentBack(Editions):
    name, title = "sent_back", _("Sent back to me")
    nothing = _("Nothing was sent back to you.")
    asked = {"review": "sent_back"}


class Waiting(Editions):
    name, title, nothing = "waiting", _("Drafts of others"), _("Nobody else has a draft.")
    asked = {"state": "draft", "mine": "0"}


class Gone(Editions):
    """My drafts that somebody else, or a command, published or discarded in the last days."""

    name, title = "gone", _("My drafts that others published or discarded")
    nothing = _("Nobody else published or discarded a draft of yours lately.")
    moment = "published_at"
    lists = ()

    @property
    def is_more(self):
        return len(self.rows) == SHOWN

    def __init__(self, desks):
        super().__init__(desks)
        self.discarded = [(admin, list(desk["discarded"][:SHOWN])) for admin, desk in desks]

    @cached_property
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


class Scheduled(Editions):
    name, title, nothing = "scheduled", _("Scheduled"), _("Nothing is scheduled.")
    moment = "live_from"
    asked = {"state": "scheduled"}
    newest_first = False


class Published(Editions):
    name, title = "published", _("Recently published")
    nothing, moment = _("Nothing was published yet."), "live_from"
    label = ""  # nobody has to count it
    lists = ()  # that of what is live leaves out what has a draft


class Behind(Editions):
    """Translations that were published before what they translate was changed."""

    name, title, nothing = "behind", _("Translations behind"), _("No translation is behind.")
    asked = {"upkeep": "behind"}

    def _row(self, admin, edition):
        """Lead into the form, and name the languages."""
        codes = filter(None, edition.listing.behind.split("|"))
        said = gettext("behind: %(languages)s") % {
            "languages": ", ".join(language_name(code) for code in codes)
        }
        row = super()._row(admin, edition)
        return row | {"url": admin.verb_url("edit", edition), "said": said}


class Untouched(Editions):
    """What readers have seen for a year, and nobody has a draft of."""

    name, title = "untouched", _("Untouched for a year")
    nothing = _("Nothing that is live was left alone for a year.")
    moment = "live_from"
    asked = {"upkeep": "untouched"}
    newest_first = False

    def _row(self, admin, edition):
        """Lead into the form; it is live, which need not be said."""
        row = super()._row(admin, edition)
        return row | {"url": admin.verb_url("edit", edition), "state": ""}


#: In the order of the page.
TRAYS = (ToReview, SentBack, Drafts, Waiting, Gone, Scheduled, Behind)
LAST = (Untouched, Published)


def trays_of(admins, user, own=()):
    """Return the trays of the desk of a user, who may look into these admins of editions.

    Before the last ones stand the admins' `own`.
    """
    desks = [(admin, admin.desk(user)) for admin in admins]
    first, last = ([tray(desks) for tray in trays] for trays in (TRAYS, LAST))
    return [*(t for t in first if t.desks), *own, *(t for t in last if t.desks)]
