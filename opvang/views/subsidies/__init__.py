"""Subsidies on a page: for staff and the schepen, and for the provider who gets them."""
