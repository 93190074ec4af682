"""The addresses of the practices in the street: nobody signs in for them."""

from django.urls import path

from waymark.interfaces.portal.practices import views

urlpatterns = [
    path("", views.practices, name="practices"),
    path("<slug:practice>/", views.practice, name="practice"),
]
