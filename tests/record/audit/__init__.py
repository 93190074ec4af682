"""The trail: only added to, and every change of it is found."""
