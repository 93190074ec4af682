"""What an analyst does with files of scores, far from any portal."""
