"""Every address of giving."""

from django.urls import path

from waymark.interfaces.clinic.measures import entering, importing, paper, views

urlpatterns = [
    path("measures/", views.assign_many, name="assign-many"),
    path("measures/import/", importing.import_scores, name="import-scores"),
    path("measures/import/<uuid:id>/", importing.import_work, name="import-work"),
    path("measures/print/<slug:instrument>/", paper.print_measure, name="print-measure"),
    path("measures/end/<uuid:id>/", views.end_assignment, name="end-assignment"),
    path("measures/<uuid:client>/", views.assign, name="assign"),
    path("measures/<uuid:client>/enter/<slug:instrument>/", entering.enter, name="enter"),
    path("measures/<uuid:client>/entered/<uuid:response>/", entering.entered, name="entered"),
]
