"""The addresses of thought records."""

from django.urls import path

from waymark.interfaces.portal.thoughts import views

urlpatterns = [
    path("thoughts/", views.thought_records, name="thought-records"),
    path("thoughts/new/", views.begin, name="begin-thought-record"),
    path("thoughts/<uuid:id>/", views.thought_record, name="thought-record"),
    path("thoughts/<uuid:id>/helped/", views.say, name="say-thought-record-helped"),
    path("thoughts/<uuid:id>/remove/", views.remove, name="remove-thought-record"),
    path("thoughts/<uuid:id>/<str:column>/", views.column, name="thought-column"),
]
