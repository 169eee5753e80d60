//! Datasets in and out.
