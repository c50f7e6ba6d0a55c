"""Which files each execution read and wrote, and the datasets among them."""
