"""Benchmarks: run by hand, measured beside a peer in the same run, never a reason for a build to fail."""
