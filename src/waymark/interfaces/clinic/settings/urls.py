"""Every address of the clinic's settings."""

from django.urls import path

from waymark.interfaces.clinic.settings import audit, expected, letterhead, safety

urlpatterns = [
    path("", letterhead.settings, name="settings"),
    path("instruments/", letterhead.instruments, name="settings-instruments"),
    path("safety/", safety.safety, name="settings-safety"),
    path("safety/duties/", safety.duties, name="settings-duties"),
    path("safety/hours/", safety.hours, name="settings-hours"),
    path("safety/line/", safety.line, name="settings-line"),
    path("safety/policy/", safety.policy, name="settings-policy"),
    path("expected/", expected.expected, name="settings-expected"),
    path("set-up/", letterhead.set_up, name="set-up"),
    path("set-up/recovery/", letterhead.recovery, name="set-up-recovery"),
    path("set-up/backup/", letterhead.backup, name="set-up-backup"),
    path("set-up/mail/", letterhead.mail, name="set-up-mail"),
    path("set-up/letters/", letterhead.letters, name="set-up-letters"),
    path("audit/", audit.audit_report, name="audit-report"),
]
