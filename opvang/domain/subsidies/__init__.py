"""Subsidies to providers: the reglement, proposals and applications, the decision."""
