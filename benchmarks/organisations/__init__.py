"""A million made-up organisations, and the slips by which people miss their names."""
