"""Every address of the portal: each room's own, found by its folder."""

from waymark.interfaces.folders import addresses_of

urlpatterns = addresses_of("waymark.interfaces.portal")
