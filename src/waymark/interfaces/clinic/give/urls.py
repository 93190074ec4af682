"""Every address of giving."""

from django.urls import path

from waymark.interfaces.clinic.give import entering, importing, paper, views

urlpatterns = [
    path("", views.assign_many, name="assign-many"),
    path("import/", importing.import_scores, name="import-scores"),
    path("import/<uuid:id>/", importing.import_work, name="import-work"),
    path("print/<slug:instrument>/", paper.print_measure, name="print-measure"),
    path("end/<uuid:id>/", views.end_assignment, name="end-assignment"),
    path("<uuid:client>/", views.assign, name="assign"),
    path("<uuid:client>/enter/<slug:instrument>/", entering.enter, name="enter"),
    path("<uuid:client>/entered/<uuid:response>/", entering.entered, name="entered"),
]
