"""What the claims say about each other: findings."""
