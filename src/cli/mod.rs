//! What can be said on the command line, and who does it.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "the command line speaks to people")]

mod check;
mod data;
mod demo;
mod matrix;
mod papers;
mod permissions;
mod progress;
mod serve;
mod users;

use std::path::PathBuf;

use crate::clock::Clock;
use crate::config::Config;
use crate::dates::parse_day;
use crate::db::{Database, MeetingId, PlanId};
use crate::error::{Code, Error};
use crate::http::State;
use crate::i18n::{Lang, text};
use crate::mail::Mailer;
use crate::reminders::{self, When};
use chrono::NaiveDate;
use clap::{Args, Parser, Subcommand, ValueEnum};

/// Keeps inter-institutional commissions moving together.
#[derive(Parser)]
#[command(name = "articula", version, about, arg_required_else_help = true)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Show the program with the examples of Chile and Peru, on a throw-away database under var/demo.
    Demo,
    /// Serve the API, with the background worker beside it.
    Serve {
        /// Leave the background worker out.
        #[arg(long)]
        no_worker: bool,
    },
    /// Work in the background alone; any number may run beside any number of servers.
    Worker,
    /// Bring the schema up to date.
    Migrate,
    /// Add people.
    #[command(subcommand)]
    User(UserCommand),
    /// Load a dataset or a follow-up matrix; all of it, or nothing when it has a fault.
    Import {
        /// The dataset, a JSON document of one country; or the matrix, an .xlsx or .csv file.
        path: PathBuf,
        #[command(flatten)]
        target: matrix::TargetOf,
        /// The language of texts that the import writes: es or en.
        #[arg(long, default_value = "es", value_parser = language)]
        lang: Lang,
        /// Only tell what would happen.
        #[arg(long)]
        dry_run: bool,
    },
    /// Write a country's dataset out.
    Export {
        /// The country, two capital letters.
        #[arg(long, value_name = "CC")]
        country: String,
        /// The file to write; standard output when left out.
        #[arg(short, long, value_name = "FILE")]
        output: Option<PathBuf>,
    },
    /// Write the activity registry of a period.
    Registry {
        #[command(flatten)]
        period: PeriodOf,
        /// How it is written.
        #[arg(long, value_enum)]
        format: RegistryFormat,
        /// The file to write; standard output when left out.
        #[arg(short, long, value_name = "FILE")]
        output: Option<PathBuf>,
    },
    /// Write a country's follow-up matrix.
    Matrix {
        /// The country, two capital letters.
        #[arg(long, value_name = "CC")]
        country: String,
        /// How it is written.
        #[arg(long, value_enum)]
        format: MatrixFormat,
        /// The file to write; standard output when left out.
        #[arg(short, long, value_name = "FILE")]
        output: Option<PathBuf>,
    },
    /// Write the acta of a session.
    Acta(PaperOf),
    /// Write the follow-up sheet of a session.
    FollowUp(PaperOf),
    /// Draft the annual progress report of a period, on the roadmap in force.
    Report {
        #[command(flatten)]
        period: PeriodOf,
        /// The roadmap reported on; needed when several are in force.
        #[arg(long, value_name = "ID", value_parser = plan_id)]
        roadmap: Option<PlanId>,
        /// How it is written.
        #[arg(long, value_enum)]
        format: ReportFormat,
        /// The file to write; standard output when left out.
        #[arg(short, long, value_name = "FILE")]
        output: Option<PathBuf>,
    },
    /// Plan and send the reminders that are due; one line a message, then a total.
    Remind {
        /// As if it were this day, after the sending hour.
        #[arg(long, value_name = "DATE", value_parser = day)]
        as_of: Option<NaiveDate>,
        /// Only tell what would be sent.
        #[arg(long)]
        dry_run: bool,
    },
    /// Say what works: database, mail transport, file store.
    Check,
}

#[derive(Subcommand)]
enum UserCommand {
    /// Add a user; the password is the first line of standard input. Prints the id.
    Add(NewUser),
}

#[derive(Args)]
struct NewUser {
    /// The address that the person signs in with.
    email: String,
    /// The person's name.
    #[arg(long)]
    name: String,
    /// Reads and writes everything.
    #[arg(long)]
    admin: bool,
}

/// A period of a country; both days are included.
#[derive(Args)]
struct PeriodOf {
    /// The country, two capital letters.
    #[arg(long, value_name = "CC")]
    country: String,
    /// The first day.
    #[arg(long, value_name = "DATE", value_parser = day)]
    from: NaiveDate,
    /// The last day.
    #[arg(long, value_name = "DATE", value_parser = day)]
    to: NaiveDate,
}

/// A document of a session.
#[derive(Args)]
struct PaperOf {
    /// The session.
    #[arg(long, value_name = "ID", value_parser = meeting_id)]
    session: MeetingId,
    /// How it is written.
    #[arg(long, value_enum)]
    format: DocumentFormat,
    /// The file to write; standard output when left out.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// The forms of a registry.
#[derive(Clone, Copy, ValueEnum)]
enum RegistryFormat {
    Json,
    Csv,
    Xlsx,
    Md,
    Docx,
    Pdf,
}

/// The forms of a follow-up matrix.
#[derive(Clone, Copy, ValueEnum)]
enum MatrixFormat {
    Xlsx,
    Csv,
}

/// The forms of a document.
#[derive(Clone, Copy, ValueEnum)]
enum DocumentFormat {
    Md,
    Docx,
    Pdf,
}

/// The forms of a report.
#[derive(Clone, Copy, ValueEnum)]
enum ReportFormat {
    Md,
    Json,
    Docx,
    Pdf,
}

fn meeting_id(text: &str) -> Result<MeetingId, String> {
    text.parse().map_err(|()| "not the id of a session".to_owned())
}

fn language(text: &str) -> Result<Lang, String> {
    text.parse().map_err(|()| "es or en".to_owned())
}

fn plan_id(text: &str) -> Result<PlanId, String> {
    text.parse().map_err(|()| "not the id of a plan".to_owned())
}

fn day(text: &str) -> Result<NaiveDate, String> {
    parse_day(text).ok_or_else(|| "write a day as 2023-06-30".to_owned())
}

/// One sentence for standard error.
pub type Sentence = String;

/// Runs the command; the error is one clear sentence.
pub fn run(cli: Cli) -> Result<(), Sentence> {
    match cli.command {
        Command::Demo => demo::run(),
        Command::Serve { no_worker } => serve::run(open()?, !no_worker),
        Command::Worker => serve::work(open()?),
        Command::Migrate => migrate(),
        Command::User(UserCommand::Add(new)) => users::add(&open_migrated()?, new),
        Command::Import { path, target, lang, dry_run } if matrix::is_one(&path) => {
            matrix::import(&open_migrated()?, &path, &target, lang, dry_run)
        }
        Command::Import { path, target, lang, dry_run } => {
            target.refuse()?;
            data::import(&open_migrated()?, &path, lang, dry_run)
        }
        Command::Export { country, output } => data::export(&open_migrated()?, &country, output.as_deref()),
        Command::Registry { period, format, output } => {
            data::registry(&open_migrated()?, &period, format, output.as_deref())
        }
        Command::Matrix { country, format, output } => {
            papers::matrix(&open_migrated()?, &country, format, output.as_deref())
        }
        Command::Acta(paper) => papers::acta(&open_migrated()?, &paper),
        Command::FollowUp(paper) => papers::follow_up(&open_migrated()?, &paper),
        Command::Report { period, roadmap, format, output } => {
            data::report(&open_migrated()?, &period, roadmap, (format, output.as_deref()))
        }
        Command::Remind { as_of, dry_run } => remind(&open_migrated()?, as_of, dry_run),
        Command::Check => check::run(),
    }
}

/// Says on standard error why the program failed.
pub fn complain(sentence: &str) {
    eprintln!("articula: {sentence}");
}

/// The settings and the database that they name.
fn open() -> Result<State, Sentence> {
    let config = Config::from_env().map_err(told)?;
    let db = Database::open(&config.database_url).map_err(told)?;
    Ok(State::new(config, db, Clock::System))
}

/// The same with the schema up to date, which a command needs before it reads or writes.
fn open_migrated() -> Result<State, Sentence> {
    let state = open()?;
    serve::prepare(&state)?;
    Ok(state)
}

fn migrate() -> Result<(), Sentence> {
    match open()?.db.migrate().map_err(told)? {
        0 => println!("The schema was up to date."),
        steps => println!("The schema is up to date; {steps} steps were applied."),
    }
    Ok(())
}

fn remind(state: &State, as_of: Option<NaiveDate>, dry_run: bool) -> Result<(), Sentence> {
    let mailer = Mailer::of(&state.config).map_err(told)?;
    let when = match as_of {
        Some(day) => reminders::as_of(&state.db, day).map_err(told)?,
        None => When::Now(state.now()),
    };
    let url = &state.config.public_url;
    let summary = reminders::run(&state.db, &mailer, url, when, dry_run).map_err(told)?;
    println!("{summary}");
    Ok(())
}

/// An error as one sentence: its cause for whoever runs the program, else what the API would say.
fn told(error: Error) -> Sentence {
    match (error.code, error.cause) {
        (Code::Internal | Code::Unavailable, Some(cause)) => cause.replace('\n', " "),
        (code, _) => text(Lang::En, &format!("detail-{}", code.as_str().replace('_', "-")), &error.args),
    }
}
