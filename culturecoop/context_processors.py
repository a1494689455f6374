from django.conf import settings


def site(request):
    """The name of the site, for every template."""
    return {"site_name": settings.SITE_NAME}
