"""What each execution read, bound and changed, with fingerprints of the values."""
