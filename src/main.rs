//! The command line: each command is a few lines that call the library.

use std::net::TcpListener;
use std::process::ExitCode;

use articula::clock::Clock;
use articula::config::Config;
use articula::db::Database;
use articula::error::Result;
use articula::http::State;
use clap::{Parser, Subcommand};

/// Keeps inter-institutional commissions moving together.
#[derive(Parser)]
#[command(name = "articula", version, about)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the API.
    Serve,
    /// Bring the schema up to date.
    Migrate,
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    match run(cli.command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("articula: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> Result<()> {
    let config = Config::from_env()?;
    let db = Database::open(&config.database_url)?;
    match command {
        Command::Migrate => db.migrate().map(|_| ()),
        Command::Serve => {
            db.migrate()?;
            let socket = TcpListener::bind(config.listen).map_err(articula::error::Error::internal)?;
            let state = State::new(config, db, Clock::System);
            actix_web::rt::System::new().block_on(async {
                articula::app::serve(state, socket)?.await.map_err(articula::error::Error::internal)
            })
        }
    }
}
