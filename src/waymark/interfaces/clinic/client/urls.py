"""The addresses of one client's page."""

from django.urls import path

from waymark.interfaces.clinic.client import discussed, expected, views

urlpatterns = [
    path("clients/<uuid:id>/", views.client, name="client"),
    path("clients/<uuid:id>/answers/", views.every_answer, name="client-every-answer"),
    path("clients/<uuid:id>/answers/<uuid:response>/", views.answers, name="client-answers"),
    path("clients/<uuid:id>/meeting/", views.meeting, name="client-meeting"),
    path("clients/<uuid:id>/episode/", views.episode, name="client-episode"),
    path("clients/<uuid:id>/discussed/", discussed.discussed, name="client-discussed"),
    path("clients/<uuid:id>/expected/", expected.opening, name="client-expected"),
    path("clients/<uuid:id>/flag/", expected.flag, name="client-flag"),
]
