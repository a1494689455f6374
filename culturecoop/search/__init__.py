"""Finding what is meant, in any words: one row for each thing that readers see, and its words."""
