"""Files that surveys give: an instrument, results, a printed report, raw ties."""
