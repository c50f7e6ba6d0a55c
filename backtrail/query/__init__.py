"""Asking the record: filters, the runs of a folder, which run made a file. Standard library only."""
