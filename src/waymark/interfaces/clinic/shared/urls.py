"""The addresses of what a client shares."""

from django.urls import path

from waymark.interfaces.clinic.shared import views

urlpatterns = [
    path("clients/<uuid:id>/shared/", views.shared, name="client-shared"),
    path("clients/<uuid:id>/shared/<uuid:share>/", views.note, name="note-shared"),
]
