"""Libraries that read and write files in ways that Python is not told of, and what they read as tables."""
