"""Every address about clients and colleagues."""

from django.urls import path

from waymark.interfaces.clinic.people import clients, inviting, staff

urlpatterns = [
    path("people/", clients.clients, name="clients"),
    path("people/invite/", inviting.invite, name="invite"),
    path("people/invite/many/", inviting.invite_many, name="invite-many"),
    path("people/invitation/<uuid:id>/", inviting.invitation, name="invitation"),
    path("people/invitation/slips/", inviting.slips, name="invitation-slips"),
    path("people/invitation/<uuid:id>/reissue/", inviting.reissue, name="reissue"),
    path("people/<uuid:client>/contact/", clients.contact, name="contact"),
    path("people/<uuid:client>/reset-code/", clients.reset_code, name="reset-code"),
    path("people/<uuid:client>/confirm/", clients.confirm_person, name="confirm-person"),
    path("people/<uuid:client>/joined/", clients.confirm_newcomer, name="confirm-newcomer"),
    path("people/<uuid:client>/team/", clients.care_team, name="care-team"),
    path("people/staff/", staff.staff, name="staff"),
    path("people/staff/invite/", staff.invite_staff, name="invite-staff"),
    path("people/staff/role/", staff.role, name="staff-role"),
    path("people/staff/role/end/", staff.end_role, name="end-role"),
    path("people/staff/supervision/", staff.supervision, name="supervision"),
    path("people/staff/<uuid:account>/readmit/", staff.readmit, name="readmit"),
    path("people/staff/<uuid:account>/deactivate/", staff.deactivate, name="deactivate"),
]
