"""The addresses of More."""

from django.urls import path

from waymark.interfaces.portal.more import views

urlpatterns = [
    path("more/", views.more, name="more"),
    path("more/preferences/", views.preferences, name="preferences"),
    path("more/who-looked/", views.who_looked, name="who-looked"),
]
