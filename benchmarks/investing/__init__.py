"""Inside of `benchmarks.investment`."""
