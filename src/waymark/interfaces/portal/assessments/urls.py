"""The addresses of answering."""

from django.urls import path

from waymark.interfaces.portal.assessments import mistake, views

urlpatterns = [
    path("answers/<uuid:id>/", views.answer, name="answer"),
    path("answers/<uuid:id>/draft/", views.draft, name="draft"),
    path("answers/<uuid:id>/later/", views.later, name="later"),
    path("answers/<uuid:id>/sent/", views.sent, name="sent"),
    path("mistake/", mistake.mistake, name="mistake"),
    path("start/", views.start, name="start"),
]
