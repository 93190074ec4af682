"""The addresses of small wins and setbacks."""

from django.urls import path

from waymark.interfaces.portal.wins import views

urlpatterns = [
    path("wins/", views.wins, name="wins"),
    path("wins/<uuid:id>/", views.win, name="win"),
    path("wins/<uuid:id>/like/", views.liken, name="liken-win"),
    path("wins/<uuid:id>/remove/", views.remove, name="remove-win"),
]
