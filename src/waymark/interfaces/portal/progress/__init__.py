"""What has moved: a sentence, a picture, a table, and how we know."""
