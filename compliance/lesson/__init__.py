"""What a course and its quiz are made of."""
