"""The addresses of a hard day."""

from django.urls import path

from waymark.interfaces.portal.hard import views

urlpatterns = [
    path("hard/", views.menu, name="today-is-hard"),
    path("hard/note/", views.note, name="note-hard"),
    path("hard/helped/", views.helped, name="helped-before"),
    path("hard/tell/", views.tell, name="tell-of-hard-day"),
    path("hard/call/", views.call, name="call-clinic"),
    path("hard/<uuid:id>/", views.noted, name="hard-day"),
    path("hard/<uuid:id>/told/", views.told, name="told-of-hard-day"),
    path("hard/<uuid:id>/take-back/", views.take_back, name="take-back-hard-day"),
]
