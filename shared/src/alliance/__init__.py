"""The library every service of the Living Well alliance stands on."""
