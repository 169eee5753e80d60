//! Limits of memory and processor time; every wait has an end.

mod bodies;
mod cursors;
mod figures;
mod frozen;
mod migrations;
mod raw;
mod searches;
mod storage;
mod warnings;
mod writers;
