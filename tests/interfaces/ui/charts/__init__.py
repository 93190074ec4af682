"""Tests of the pictures: what is drawn for whom, and that the markup keeps the policy."""
