"""The addresses of Progress."""

from django.urls import path

from waymark.interfaces.portal.progress import views

urlpatterns = [
    path("progress/", views.progress, name="progress"),
    path("progress/expected/", views.expected_course, name="expected-course"),
    path("progress/how/", views.how, name="how-we-know"),
    path("progress/<slug:instrument>/<slug:scale>/", views.course, name="course"),
    path("progress/<slug:instrument>/<slug:scale>/remark/", views.remark, name="remark"),
]
