//! Entry point: runs the command line.

use std::process::ExitCode;

use articula::cli;
use clap::Parser;

fn main() -> ExitCode {
    keep_files_private();
    match cli::run(cli::Cli::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            cli::print_error(&sentence);
            ExitCode::FAILURE
        }
    }
}

/// Makes every file and folder that the program creates readable only by its owner: database, mail, uploads, exports.
fn keep_files_private() {
    rustix::process::umask(rustix::fs::Mode::RWXG | rustix::fs::Mode::RWXO);
}
