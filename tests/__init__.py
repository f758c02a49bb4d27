"""A regular package: a distribution among the test dependencies installs another one of this name."""
