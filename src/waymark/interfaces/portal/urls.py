"""Every address of the portal."""

from django.urls import path

from waymark.interfaces.portal.assessments import views as assessments
from waymark.interfaces.portal.more import views as more
from waymark.interfaces.portal.progress import views as progress
from waymark.interfaces.portal.today import views as today
from waymark.interfaces.portal.welcome import views as welcome

urlpatterns = [
    path("", today.today, name="today"),
    path("welcome/<int:screen>/", welcome.welcome, name="welcome"),
    path("answers/<uuid:id>/", assessments.answer, name="answer"),
    path("answers/<uuid:id>/draft/", assessments.draft, name="draft"),
    path("answers/<uuid:id>/later/", assessments.later, name="later"),
    path("answers/<uuid:id>/sent/", assessments.sent, name="sent"),
    path("mistake/", assessments.mistake, name="mistake"),
    path("start/", assessments.start, name="start"),
    path("progress/", progress.progress, name="progress"),
    path("progress/expected/", progress.expected_course, name="expected-course"),
    path("progress/how/", progress.how, name="how-we-know"),
    path("progress/<slug:instrument>/<slug:scale>/", progress.course, name="course"),
    path("progress/<slug:instrument>/<slug:scale>/remark/", progress.remark, name="remark"),
    path("more/", more.more, name="more"),
    path("more/preferences/", more.preferences, name="preferences"),
    path("more/who-looked/", more.who_looked, name="who-looked"),
]
