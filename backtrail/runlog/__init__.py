"""The run log of format 1: ids, lines, places on disk and summaries. Standard library only."""
