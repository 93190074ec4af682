"""The addresses of goals that a client shares."""

from django.urls import path

from waymark.interfaces.clinic.goals import views

urlpatterns = [
    path("clients/<uuid:id>/goals/", views.goals, name="client-goals"),
    path("clients/<uuid:id>/goals/<uuid:share>/agree/", views.agree, name="agree-to-goal"),
    path("clients/<uuid:id>/goals/<uuid:share>/view/", views.view, name="view-goal"),
]
