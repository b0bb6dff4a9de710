"""Figures as functions: `(werkgebied, peildatum, …) -> frozen dataclass rows`.

Page, PDF and CSV show the same object.
"""
