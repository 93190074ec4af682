"""Every address of accounts."""

from django.urls import include, path

from waymark.interfaces.accounts import demo_mail, devices, joining, letters, public_pages, resets

urlpatterns = [
    path("", public_pages.home, name="home"),
    path("healthz", public_pages.healthz, name="healthz"),
    path("readyz", public_pages.readyz, name="readyz"),
    path("help-now/", public_pages.help_now, name="help-now"),
    path("leave/", public_pages.leave, name="leave"),
    path("quiet/", public_pages.quiet, name="quiet"),
    path("demo/mail/", demo_mail.demo_mail, name="demo-mail"),
    path("join/", joining.join_by_code, name="join-by-code"),
    path("join/staff/<str:token>/", joining.join_staff, name="join-staff"),
    path("join/<str:token>/", joining.join, name="join"),
    path("account/", include("waymark.interfaces.accounts.sign_in")),
    path("account/devices/", devices.devices, name="devices"),
    path("account/here/", public_pages.here, name="here"),
    path("account/back/", public_pages.back, name="back"),
    path("account/seat/", public_pages.seat, name="seat"),
    path("account/password/", resets.change_password, name="change-password"),
    path("account/email/", resets.ask_email, name="ask-email"),
    path("account/email/<uuid:id>/<str:token>/", resets.confirm_email, name="confirm-email"),
    path("account/reminder/<uuid:id>/<str:token>/", letters.stop_reminder, name="stop-reminder"),
    path("account/reset/", resets.ask_reset, name="ask-reset"),
    path("account/reset/code/", resets.reset_by_code, name="reset-by-code"),
    path("account/reset/new/", resets.set_password, name="set-password"),
    path("account/reset/<uuid:id>/<str:token>/", resets.open_reset, name="open-reset"),
]
