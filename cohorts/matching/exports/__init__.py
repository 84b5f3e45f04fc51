"""Files that peer matching gives out."""
