"""The desk's operations of the API: they call what its pages call."""
