"""The addresses of check-ins."""

from django.urls import path

from waymark.interfaces.portal.checkins import choosing, daily_life, views

urlpatterns = [
    path("progress/days/", daily_life.page, name="daily-life"),
    path("check-in/", views.check_in, name="check-in"),
    path("check-in/first/", views.first, name="first-answer"),
    path("check-ins/", views.look_back, name="check-ins"),
    path("check-ins/file/", views.as_file, name="check-ins-file"),
    path("check-ins/track/", choosing.track, name="track"),
    path("check-ins/track/own/", choosing.own, name="own-item"),
    path("check-ins/track/own/<uuid:item>/rest/", choosing.rest, name="rest-own-item"),
    path("check-ins/go-on/", choosing.go_on, name="go-on"),
    path("check-ins/<uuid:id>/", views.kept, name="kept-check-in"),
    path("check-ins/<uuid:id>/change/", views.change, name="change-check-in"),
    path("check-ins/<uuid:id>/take-back/", views.take_back, name="take-back-check-in"),
]
