"""The addresses of the caseload."""

from django.urls import path

from waymark.interfaces.clinic.caseload import views

urlpatterns = [
    path("", views.caseload, name="caseload"),
    path("clients/<uuid:client>/remind/", views.remind, name="remind"),
]
