//! Planning, digests, deliveries.
