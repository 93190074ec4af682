"""Every address of the clinic."""

from django.urls import include, path

from waymark.interfaces.clinic.caseload import views as caseload
from waymark.interfaces.clinic.client import expected, talked
from waymark.interfaces.clinic.client import views as client
from waymark.interfaces.clinic.concerns import views as concerns

urlpatterns = [
    path("", caseload.caseload, name="caseload"),
    path("concerns/", concerns.concerns, name="concerns"),
    path("concerns/<uuid:id>/", concerns.concern, name="concern"),
    path("concerns/<uuid:id>/own/", concerns.own, name="concern-own"),
    path("concerns/<uuid:id>/accept/", concerns.accept, name="concern-accept"),
    path("concerns/<uuid:id>/offer/", concerns.offer, name="concern-offer"),
    path("concerns/<uuid:id>/attempt/", concerns.attempt, name="concern-attempt"),
    path("concerns/<uuid:id>/assess/", concerns.assess, name="concern-assess"),
    path("concerns/<uuid:id>/plan/", concerns.plan, name="concern-plan"),
    path("concerns/<uuid:id>/close/", concerns.close, name="concern-close"),
    path("concerns/<uuid:id>/sign/", concerns.sign, name="concern-sign"),
    path("concerns/<uuid:id>/agree/", concerns.agree, name="concern-agree"),
    path("clients/<uuid:id>/", client.client, name="client"),
    path("clients/<uuid:id>/answers/<uuid:response>/", client.answers, name="client-answers"),
    path("clients/<uuid:id>/discussed/", talked.discussed, name="client-discussed"),
    path("clients/<uuid:id>/expected/", expected.opening, name="client-expected"),
    path("clients/<uuid:id>/flag/", expected.flag, name="client-flag"),
    path("clients/<uuid:client>/remind/", caseload.remind, name="remind"),
    path("clients/<uuid:id>/meeting/", client.meeting, name="client-meeting"),
    path("clients/<uuid:id>/episode/", client.episode, name="client-episode"),
    path("give/", include("waymark.interfaces.clinic.give.urls")),
    path("people/", include("waymark.interfaces.clinic.people.urls")),
    path("settings/", include("waymark.interfaces.clinic.settings.urls")),
]
