"""The engines of the programme: values in, values out; no web, no database, no clock."""
