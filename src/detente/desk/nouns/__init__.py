"""One file per noun: what its page and its JSON hold, and under which addresses."""
