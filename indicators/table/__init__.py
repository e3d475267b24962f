"""Claims -> the tidy table: columns, frames, observations, exports, queries."""
