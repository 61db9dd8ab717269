"""Measures of speed and size; they import onrecord, nothing imports them."""
