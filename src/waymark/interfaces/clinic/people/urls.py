"""Every address about clients and colleagues."""

from django.urls import path

from waymark.interfaces.clinic.people import clients, inviting, staff

urlpatterns = [
    path("", clients.clients, name="clients"),
    path("invite/", inviting.invite, name="invite"),
    path("invite/many/", inviting.invite_many, name="invite-many"),
    path("invitation/<uuid:id>/", inviting.invitation, name="invitation"),
    path("invitation/slips/", inviting.slips, name="invitation-slips"),
    path("invitation/<uuid:id>/reissue/", inviting.reissue, name="reissue"),
    path("<uuid:client>/contact/", clients.contact, name="contact"),
    path("<uuid:client>/reset-code/", clients.reset_code, name="reset-code"),
    path("<uuid:client>/confirm/", clients.confirm_person, name="confirm-person"),
    path("<uuid:client>/team/", clients.care_team, name="care-team"),
    path("staff/", staff.staff, name="staff"),
    path("staff/invite/", staff.invite_staff, name="invite-staff"),
    path("staff/role/", staff.role, name="staff-role"),
    path("staff/role/end/", staff.end_role, name="end-role"),
    path("staff/supervision/", staff.supervision, name="supervision"),
    path("staff/<uuid:account>/readmit/", staff.readmit, name="readmit"),
    path("staff/<uuid:account>/deactivate/", staff.deactivate, name="deactivate"),
]
