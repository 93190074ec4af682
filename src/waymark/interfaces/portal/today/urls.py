"""The address of Today."""

from django.urls import path

from waymark.interfaces.portal.today import views

urlpatterns = [
    path("", views.today, name="today"),
]
