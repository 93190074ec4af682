"""The room of assessments."""
