"""The welcome: four screens, each of which can wait."""
