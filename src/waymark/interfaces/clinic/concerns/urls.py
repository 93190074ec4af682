"""The addresses of concerns."""

from django.urls import path

from waymark.interfaces.clinic.concerns import views

urlpatterns = [
    path("concerns/", views.concerns, name="concerns"),
    path("concerns/<uuid:id>/", views.concern, name="concern"),
    path("concerns/<uuid:id>/own/", views.own, name="concern-own"),
    path("concerns/<uuid:id>/accept/", views.accept, name="concern-accept"),
    path("concerns/<uuid:id>/offer/", views.offer, name="concern-offer"),
    path("concerns/<uuid:id>/attempt/", views.attempt, name="concern-attempt"),
    path("concerns/<uuid:id>/assess/", views.assess, name="concern-assess"),
    path("concerns/<uuid:id>/plan/", views.plan, name="concern-plan"),
    path("concerns/<uuid:id>/close/", views.close, name="concern-close"),
    path("concerns/<uuid:id>/sign/", views.sign, name="concern-sign"),
    path("concerns/<uuid:id>/agree/", views.agree, name="concern-agree"),
]
