"""A small site with one of everything, and somebody in every role, for tests of all addresses."""

import datetime
from dataclasses import dataclass

from django.conf import settings
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone

from agreements.models import Agreement, AgreementEdition, Party, PartyRequest, Theme
from culturecoop.accounts.models import AccountEntry
from culturecoop.documents.models import Document
from culturecoop.documents.withdrawals import withdraw_document
from culturecoop.editions import verbs
from culturecoop.imports.models import ImportJob, ImportMapping
from culturecoop.notifications.models import Kind, Notification
from culturecoop.reference.models import Amendment, MovedAddress
from culturecoop.reference.verbs import amend
from strategy.blocks import Image, Link
from strategy.models import Page, PageEdition
from tests.answering import publish
from tests.culturecoop.documents import samples
from tests.culturecoop.imports.adminsteps import FOREIGN, mapped, ruritanie, send

LEFT_OUT = ruritanie(out="on")
ROLES = ["nobody", "staff", "author", "publisher", "administrator", "superuser"]
PIXEL = samples.image()


@dataclass
class Population:
    """`names` are what an address may name; `users` are {role: user}, nobody left out."""

    names: dict
    users: dict
    sessions: dict

    def address(self, row):
        """The address of a row such as "/documents/{report}/"."""
        return row.format_map(self.names)

    def client(self, role):
        """A new client of somebody in a role: signing out ends none of the others."""
        client = Client()
        if role in self.sessions:
            client.cookies[settings.SESSION_COOKIE_NAME] = self.sessions[role]
        return client

    def hand_over(self, role):
        """Let the imports and the mapping called `own…` be those of a role."""
        own = [self.names[name] for name in self.names if name.startswith("own_job")]
        owner = self.users.get(role) or self.users["author"]
        ImportJob.objects.filter(pk__in=own).update(created_by=owner)
        ImportMapping.objects.filter(pk=self.names["own_mapping"]).update(created_by=owner)


def populate(make_agreement, make_page, make_file):
    """The Population, from the fixtures of the same names."""
    users, sessions = _people()
    names = {"colleague": users["colleague"].pk, "root": users["superuser"].pk}
    for model in (AgreementEdition, ImportJob, get_user_model()):
        kind = ContentType.objects.get_for_model(model)
        names[f"type_of_{kind.model}"] = kind.pk
    names["group"] = Group.objects.get(name="author").pk
    names |= _documents(make_file)
    names |= _register(make_agreement, users["colleague"])
    names |= _pages(make_page, users["colleague"])
    population = Population(names, users, sessions)
    names |= _imports(population)
    names |= _logs(users["colleague"])
    names |= _told(names["draft"], users["author"])
    return population


def _logs(colleague):
    """What administrators look into: the two logs, a moved address, somebody who has retired."""
    retired = get_user_model().objects.create(username="retired", is_active=False)
    moved = MovedAddress.objects.create(old_path="/agreements/corea/", object_text="korea")
    entry = AccountEntry.objects.create(kind=AccountEntry.Kind.SIGN_IN, name="colleague")
    log = LogEntry.objects.create(user=colleague, action_flag=CHANGE, object_repr="korea")
    return {"retired": retired.pk, "moved": moved.pk, "entry": entry.pk, "log": log.pk}


def _told(draft, author):
    """A notification that an author has about a draft."""
    kind = ContentType.objects.get_for_model(AgreementEdition)
    about = {"content_type": kind, "edition": draft}
    row = Notification.objects.create(
        person=author, kind=Kind.SENT_BACK, title="Korea", at=timezone.now(), **about
    )
    return {"told": row.pk}


def _people():
    users, sessions = {}, {}
    for role in [*ROLES[1:], "colleague"]:
        user = get_user_model()(username=role, email=f"{role}@example.org", is_staff=True)
        user.is_superuser = role == "superuser"
        user.set_unusable_password()
        user.save()
        groups = {"staff": None, "superuser": None, "colleague": "author"}
        if group := groups.get(role, role):
            user.groups.add(Group.objects.get(name=group))
        client = Client()
        client.force_login(user)
        users[role], sessions[role] = user, client.session.session_key
    return users, sessions


def _documents(make_file):
    report = Document.objects.create(slug="report", title="The report")
    public, waiting = make_file(report), make_file(report, language="de")
    type(public).objects.filter(pk=public.pk).update(live_from=timezone.now())
    unused = Document.objects.create(slug="unused", title="Not yet used")
    gone = Document.objects.create(slug="gone", title="Withdrawn")
    gone_file = make_file(gone, content=b"%PDF-1.4 withdrawn")
    type(public).objects.filter(pk=gone_file.pk).update(live_from=timezone.now())
    withdraw_document(gone, reason="It names a person")
    return {
        "gone": gone.pk,
        "gone_file": gone_file.pk,
        "report": report.pk,
        "unused": unused.pk,
        "public_file": public.pk,
        "waiting_file": waiting.pk,
        "document_amendment": _amended(unused, title="Not used"),
    }


def _register(make_agreement, colleague):
    make_agreement("korea", parties=["EU", "KR"], events=[("signature", "2010")], themes=["trade"])
    live = AgreementEdition.objects.get(agreement__slug="korea")
    superseded, live = live, publish(verbs.new_draft(live))
    scheduled = publish(
        make_agreement("peru", parties=["EU"], publish=False),
        at=timezone.now() + datetime.timedelta(days=9),
    )
    draft = make_agreement("secret", parties=["EU", "KR"], publish=False, kind="agreement")
    verbs.record_change(draft, by=colleague)
    AgreementEdition.objects.filter(pk=draft.pk).update(created_by=colleague)
    party, theme = Party.objects.get(code="KR"), Theme.objects.get(slug="trade")
    asked = PartyRequest.objects.create(name="Peru", code="PE", asked_by=colleague)
    return {
        "live": live.pk,
        "superseded": superseded.pk,
        "scheduled": scheduled.pk,
        "draft": draft.pk,
        "agreement": live.agreement_id,
        "new_agreement": Agreement.objects.get(slug="secret").pk,
        "party": party.pk,
        "party_request": asked.pk,
        "theme": theme.pk,
        "party_amendment": _amended(party, name="Korea"),
        "theme_amendment": _amended(theme, name="Trade"),
        "agreement_amendment": _amended(draft.agreement, source_language="fr"),
    }


def _pages(make_page, colleague):
    make_page("")
    home = publish(verbs.new_draft(PageEdition.objects.get()))
    draft = make_page("secret", publish=False)
    verbs.record_change(draft, by=colleague)
    PageEdition.objects.filter(pk=draft.pk).update(created_by=colleague)
    seen, unseen = verbs.new_draft(home), draft
    images = {}
    for name, edition in [("seen_image", seen), ("unseen_image", unseen)]:
        block = Image(parent=edition, ordering=1, region="main", alternative="A pixel")
        block.file.save(f"{name}.png", ContentFile(PIXEL), save=True)
        images[name] = block.file.name
        picture = block.file.name.removeprefix("images/")
        images[name.replace("image", "picture")] = f"{picture}/3.webp"
    Link.objects.create(parent=seen, ordering=2, region="main", title="A link")
    live = publish(seen)
    return images | {
        "live_page": live.pk,
        "superseded_page": home.pk,
        "draft_page": draft.pk,
        "page": live.page_id,
        "new_page": Page.objects.get(path="secret").pk,
        "page_amendment": _amended(draft.page, position=7),
    }


def _imports(population):
    """Imports at the preview and taken over: `own…` ones, and those of a colleague."""
    for code in ("DE", "FR"):
        Party.objects.create(code=code, name=code, kind="country")
    names, client = {}, population.client("colleague")
    texts = {"own": FOREIGN, "their": FOREIGN.replace("2007", "2003").replace("2010", "2004")}
    for owner, text in texts.items():
        for end in ("", "_applied", "_stopped"):
            job = mapped(client, text, **{"prefix-slug": owner, "to-0": "slug"})
            if end == "_applied":
                send(client, job, "names", LEFT_OUT)
                send(client, job, "apply")
            if end == "_stopped":
                ImportJob.objects.filter(pk=job.pk).update(state=ImportJob.State.RUNNING)
            names[f"{owner}_job{end}"] = job.pk
        names[f"{owner}_mapping"] = ImportMapping.objects.create(
            name=owner, created_by=population.users["colleague"], content=job.mapping
        ).pk
    return names


def _amended(row, **changes):
    """The key of an amendment with which a row of reference data was changed."""
    for name, value in changes.items():
        setattr(row, name, value)
    amend(row)
    return Amendment.objects.latest("pk").pk
