"""Every address of giving."""

from django.urls import path

from waymark.interfaces.clinic.give import entering, importing, paper, views

urlpatterns = [
    path("give/", views.assign_many, name="assign-many"),
    path("give/import/", importing.import_scores, name="import-scores"),
    path("give/import/<uuid:id>/", importing.import_work, name="import-work"),
    path("give/print/<slug:instrument>/", paper.print_measure, name="print-measure"),
    path("give/end/<uuid:id>/", views.end_assignment, name="end-assignment"),
    path("give/<uuid:client>/", views.assign, name="assign"),
    path("give/<uuid:client>/enter/<slug:instrument>/", entering.enter, name="enter"),
    path("give/<uuid:client>/entered/<uuid:response>/", entering.entered, name="entered"),
]
