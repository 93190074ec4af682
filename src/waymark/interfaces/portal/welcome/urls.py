"""The addresses of the first screens."""

from django.urls import path

from waymark.interfaces.portal.welcome import views

urlpatterns = [
    path("welcome/<int:screen>/", views.welcome, name="welcome"),
]
