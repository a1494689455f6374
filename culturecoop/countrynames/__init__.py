"""What countries are called: the names that every register knows, and how names are compared."""
