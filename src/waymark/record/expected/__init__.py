"""Expected courses: what was fitted here, who accepted their use, with whom one was opened, and
what was done about a flag. Without all of that there is a range and no probability."""
