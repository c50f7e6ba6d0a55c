"""Runs notebooks in a kernel with the tracker, and replays them: for tests, and for the table in the docs."""
