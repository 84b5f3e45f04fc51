"""Peer matching on the command line."""
