"""Pages of the admin besides Django's own: class-based views that know the ModelAdmin."""

from django.views.generic.base import ContextMixin


class AdminPageMixin(ContextMixin):
    """Mixed into a view, before it: the context that the templates of the admin expect."""

    model_admin = None  # given to `as_view`

    def get_context_data(self, **kwargs):
        return {
            **self.model_admin.admin_site.each_context(self.request),
            "opts": self.model_admin.opts,
            "media": self.model_admin.media,
            **super().get_context_data(**kwargs),
        }
