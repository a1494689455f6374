"""The pages of the peer."""

from django.core.paginator import Paginator
from django.db import models
from django.shortcuts import get_object_or_404
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import StreamField
from wagtail.models import Page

from .blocks import BodyBlock
from .filters import AgreementFilter
from .register import Agreement

PAGE_SIZE = 25


class StandardPage(Page):
    """The home page, and those below it."""

    lead = models.TextField(blank=True)
    body = StreamField(BodyBlock())

    content_panels = [*Page.content_panels, FieldPanel("lead"), FieldPanel("body")]
    template = "peer/page.html"

    def get_context(self, request, *args, **kwargs):
        headings = [block.value for block in self.body if block.block_type == "heading"]
        return super().get_context(request, *args, **kwargs) | {"headings": headings}


class RegisterPage(RoutablePageMixin, Page):
    """The list of agreements, and the page of each."""

    @path("")
    def register(self, request):
        everything = Agreement.objects.all()
        filters = AgreementFilter(request.GET, everything)
        page = Paginator(filters.qs.for_list(), PAGE_SIZE).get_page(request.GET.get("page"))
        context = {
            "form": filters.form,
            "rows": page,
            "count": page.paginator.count,
            "statuses": everything.statuses(),
        }
        return self.render(request, context_overrides=context, template="peer/register.html")

    @path("<slug:slug>/", name="agreement")
    def agreement(self, request, slug):
        agreement = get_object_or_404(Agreement.objects.for_page(), slug=slug)
        context = {"agreement": agreement}
        return self.render(request, context_overrides=context, template="peer/agreement.html")
