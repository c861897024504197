"""Screens, widgets, keys and colours of the terminal interface."""
