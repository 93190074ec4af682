"""Every address of the clinic's settings."""

from django.urls import path

from waymark.interfaces.clinic.settings import audit, expected, letterhead, safety

urlpatterns = [
    path("settings/", letterhead.settings, name="settings"),
    path("settings/instruments/", letterhead.instruments, name="settings-instruments"),
    path("settings/safety/", safety.safety, name="settings-safety"),
    path("settings/safety/duties/", safety.duties, name="settings-duties"),
    path("settings/safety/hours/", safety.hours, name="settings-hours"),
    path("settings/safety/line/", safety.line, name="settings-line"),
    path("settings/safety/policy/", safety.policy, name="settings-policy"),
    path("settings/expected/", expected.expected, name="settings-expected"),
    path("settings/set-up/", letterhead.set_up, name="set-up"),
    path("settings/set-up/recovery/", letterhead.recovery, name="set-up-recovery"),
    path("settings/set-up/backup/", letterhead.backup, name="set-up-backup"),
    path("settings/set-up/mail/", letterhead.mail, name="set-up-mail"),
    path("settings/set-up/letters/", letterhead.letters, name="set-up-letters"),
    path("settings/audit/", audit.audit_report, name="audit-report"),
]
