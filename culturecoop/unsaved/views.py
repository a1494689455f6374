"""What a form asks before it is sent: whether the server still knows its person."""

from django.http import JsonResponse
from django.middleware.csrf import get_token
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET


@require_GET
@never_cache
def session(request):
    """Answer {"person": key of the editor or null, "token": for a form that is sent next}."""
    user = request.user
    if not (user.is_active and user.is_staff):
        return JsonResponse({"person": None})
    return JsonResponse({"person": user.pk, "token": get_token(request)})
