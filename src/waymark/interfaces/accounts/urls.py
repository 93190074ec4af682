"""Every address of accounts."""

from django.urls import include, path

from waymark.interfaces.accounts import demo_mail, devices, doors, joining, resets

urlpatterns = [
    path("", doors.home, name="home"),
    path("healthz", doors.healthz, name="healthz"),
    path("readyz", doors.readyz, name="readyz"),
    path("help-now/", doors.help_now, name="help-now"),
    path("leave/", doors.leave, name="leave"),
    path("quiet/", doors.quiet, name="quiet"),
    path("demo/mail/", demo_mail.demo_mail, name="demo-mail"),
    path("join/", joining.join_by_code, name="join-by-code"),
    path("join/staff/<str:token>/", joining.join_staff, name="join-staff"),
    path("join/<str:token>/", joining.join, name="join"),
    path("account/", include("waymark.interfaces.accounts.sign_in")),
    path("account/devices/", devices.devices, name="devices"),
    path("account/here/", doors.here, name="here"),
    path("account/back/", doors.back, name="back"),
    path("account/seat/", doors.seat, name="seat"),
    path("account/password/", resets.change_password, name="change-password"),
    path("account/email/<uuid:id>/<str:token>/", resets.confirm_email, name="confirm-email"),
    path("account/reset/", resets.ask_reset, name="ask-reset"),
    path("account/reset/code/", resets.reset_by_code, name="reset-by-code"),
    path("account/reset/new/", resets.set_password, name="set-password"),
    path("account/reset/<uuid:id>/<str:token>/", resets.open_reset, name="open-reset"),
]
