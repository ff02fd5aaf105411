"""What the cases and their comparison are made of."""
