"""The people in one's care, those who need attention first."""
