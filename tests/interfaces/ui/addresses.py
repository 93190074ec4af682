"""The two addresses every page of the shared look links to."""

from django.http import HttpResponse
from django.urls import path

urlpatterns = [
    path("help/", HttpResponse, name="help-now"),
    path("leave/", HttpResponse, name="leave"),
]
