"""What the obligations and their register are made of."""
