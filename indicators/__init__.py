"""Numbers of Chinese county reports as a tidy indicator table."""
