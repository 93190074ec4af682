"""Tests of the floor that judges one person's course: no database, no clock."""
