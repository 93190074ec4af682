"""The addresses of the journal."""

from django.urls import path

from waymark.interfaces.portal.journal import keeping, views

urlpatterns = [
    path("journal/", views.journal, name="journal"),
    path("journal/write/", views.write, name="write-entry"),
    path("journal/find/", views.find, name="find-entries"),
    path("journal/draft/", views.save_draft, name="save-entry-draft"),
    path("journal/draft/<uuid:id>/drop/", views.drop_draft, name="drop-entry-draft"),
    path("journal/<uuid:id>/", views.entry, name="entry"),
    path("journal/<uuid:id>/remove/", views.remove, name="remove-entry"),
    path("journal/tags/", keeping.tags, name="journal-tags"),
    path("journal/tags/<uuid:id>/rename/", keeping.rename_tag, name="rename-tag"),
    path("journal/tags/<uuid:id>/merge/", keeping.merge_tag, name="merge-tag"),
    path("journal/tags/<uuid:id>/undo/", keeping.undo_tag, name="undo-tag"),
    path("journal/leave-alone/", keeping.leave_alone, name="leave-alone"),
    path("journal/left-alone/<uuid:id>/", keeping.bring_back, name="bring-back"),
    path("journal/events/", keeping.events, name="life-events"),
    path("journal/events/<uuid:id>/remove/", keeping.remove_event, name="remove-life-event"),
]
