//! Memory and processors are bounded, and nothing waits without an end.

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
