"""A million made-up things to find, and what is asked of them."""
