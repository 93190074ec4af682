"""The addresses of sharing."""

from django.urls import path

from waymark.interfaces.portal.sharing import views

urlpatterns = [
    path("shared/", views.all_shared, name="all-shared"),
    path("shared/switch/<slug:about>/", views.stream, name="share-as-it-comes"),
    path("shared/<slug:about>/<uuid:thing>/", views.share, name="share"),
    path("shared/<slug:about>/<uuid:thing>/take-back/", views.take_back, name="take-back"),
]
