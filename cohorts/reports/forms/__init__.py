"""Forms of reports, grants and associations."""
