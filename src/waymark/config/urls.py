"""Root addresses: each interface keeps its own list."""

from django.urls import include, path

urlpatterns = [
    path("", include("waymark.interfaces.accounts.urls")),
    path("me/", include("waymark.interfaces.portal.urls")),
    path("clinic/", include("waymark.interfaces.clinic.urls")),
    path("practices/", include("waymark.interfaces.portal.practices.street")),
]

handler400 = "waymark.interfaces.errors.bad_request"
handler403 = "waymark.interfaces.errors.forbidden"
handler404 = "waymark.interfaces.errors.not_found"
handler500 = "waymark.interfaces.resubmission.broken"
