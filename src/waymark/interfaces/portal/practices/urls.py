"""The address of the practices among a client's own pages."""

from django.urls import path

from waymark.interfaces.portal.practices import views

urlpatterns = [
    path("practices/", views.own_practices, name="own-practices"),
]
