"""Every address of the clinic: each room's own, found by its folder."""

from waymark.interfaces.folders import addresses_of

urlpatterns = addresses_of("waymark.interfaces.clinic")
