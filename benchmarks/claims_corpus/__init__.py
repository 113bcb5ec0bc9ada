"""A generator of Chinese work reports with seeded errors, for measuring the claims audit."""
