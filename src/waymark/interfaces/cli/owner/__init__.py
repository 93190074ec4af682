"""What the owner of an installation does at the machine: set it up, run it, keep it well."""
