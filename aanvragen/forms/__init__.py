"""Forms of the demand: input to clean values, nothing written."""
