"""Total tests: models, fields, routes, actions, sizes; what is undecided fails the build."""
