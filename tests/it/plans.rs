//! Roadmaps, strategies, their items; observations.
