//! Periodic reports: duties, reports with corrections and reviews, waivers, the matrix.

mod fixture;
mod records;
mod reports;
mod year;
