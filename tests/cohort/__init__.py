"""Tests of counting many: no database, plain twins, other packages' figures."""
