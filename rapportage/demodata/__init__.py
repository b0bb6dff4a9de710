"""Invented families, locations and people over real gemeenten, for the demo, the screenshots and
the benchmarks.

The shape follows the published figures for Flanders (92,819 places for about 200,000 children,
71,268 questions a year of which 37 % unanswered: Opgroeien 2024-2025, SV 852); every name, address
and person is invented.
"""
