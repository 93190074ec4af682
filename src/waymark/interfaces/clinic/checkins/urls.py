"""The address of shared check-ins."""

from django.urls import path

from waymark.interfaces.clinic.checkins import views

urlpatterns = [
    path("clients/<uuid:id>/check-ins/", views.shared, name="client-check-ins"),
]
