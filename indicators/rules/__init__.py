"""YAML -> rules -> matches."""
