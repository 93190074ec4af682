"""Root addresses: each interface keeps its own list."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []

handler400 = "waymark.interfaces.errors.bad_request"
handler403 = "waymark.interfaces.errors.forbidden"
handler404 = "waymark.interfaces.errors.not_found"
handler500 = "waymark.interfaces.errors.broken"
