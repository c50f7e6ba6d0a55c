"""Runs an exported script cell by cell, and records what it does as a notebook's kernel would."""
