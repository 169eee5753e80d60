//! The command line: each command is a few lines that call the library.

mod cli;

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    match cli::run(cli::Cli::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            cli::complain(&sentence);
            ExitCode::FAILURE
        }
    }
}
