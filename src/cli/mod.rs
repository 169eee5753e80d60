//! The command line: its arguments, and the functions that run each command.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "the command line writes to a terminal")]

mod check;
mod data;
mod demo;
mod documents;
mod matrix;
mod matrix_report;
mod output;
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
use crate::reminders::{self, PlanningTime};
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
    /// Serve the examples of Chile and Peru from a temporary database under var/demo.
    Demo,
    /// Serve the API, with the background worker.
    Serve {
        /// Do not run the background worker.
        #[arg(long)]
        no_worker: bool,
    },
    /// Run the background worker alone; any number may run beside any number of servers.
    Worker,
    /// Migrate the database to the current schema.
    Migrate,
    /// Manage users.
    #[command(subcommand)]
    User(UserCommand),
    /// Import a dataset or a follow-up matrix: all of it, or nothing if it has a fault.
    Import {
        /// A dataset (the JSON document of one country) or a matrix (an .xlsx, .ods, .xls or .csv file).
        path: PathBuf,
        #[command(flatten)]
        target: matrix::TargetArgs,
        /// The language of the result, and of texts that the import writes into records: es or en.
        #[arg(long, default_value = "es", value_parser = language)]
        lang: Lang,
        /// Only show the changes, without writing them.
        #[arg(long)]
        dry_run: bool,
    },
    /// Export the dataset of a country.
    Export {
        /// The country, two capital letters.
        #[arg(long, value_name = "CC")]
        country: String,
        /// The file to write; default standard output.
        #[arg(short, long, value_name = "FILE")]
        output: Option<PathBuf>,
    },
    /// Write the activity registry of a period.
    Registry {
        #[command(flatten)]
        period: PeriodArgs,
        /// The format of the file.
        #[arg(long, value_enum)]
        format: RegistryFormat,
        /// The file to write; default standard output.
        #[arg(short, long, value_name = "FILE")]
        output: Option<PathBuf>,
    },
    /// Write the follow-up matrix of a country.
    Matrix {
        /// The country, two capital letters.
        #[arg(long, value_name = "CC")]
        country: String,
        /// The format of the file.
        #[arg(long, value_enum)]
        format: MatrixFormat,
        /// The file to write; default standard output.
        #[arg(short, long, value_name = "FILE")]
        output: Option<PathBuf>,
    },
    /// Write the acta of a session.
    Acta(DocumentArgs),
    /// Write the follow-up sheet of a session.
    FollowUp(DocumentArgs),
    /// Write the draft of the annual progress report of a period, on the roadmap in force.
    Report {
        #[command(flatten)]
        period: PeriodArgs,
        /// The id of the roadmap; required when several are in force.
        #[arg(long, value_name = "ID", value_parser = plan_id)]
        roadmap: Option<PlanId>,
        /// The format of the file.
        #[arg(long, value_enum)]
        format: ReportFormat,
        /// `clean`: questions and answers alone; `working`: with findings and sources. Not for JSON.
        #[arg(long, value_enum, default_value = "working")]
        form: ReportForm,
        /// The file to write; default standard output.
        #[arg(short, long, value_name = "FILE")]
        output: Option<PathBuf>,
    },
    /// Load the wording of the form of the annual progress report in a language.
    Wording {
        /// A JSON file with `titles`, `introductions`, `notes`, `questions` and `options`, all optional.
        path: PathBuf,
        /// The language of the wording: es or en.
        #[arg(long, value_parser = language)]
        lang: Lang,
    },
    /// Plan and send the reminders that are due; prints one line per mail, and a total.
    Remind {
        /// Send what is due on this day, after the sending hour; default now.
        #[arg(long, value_name = "DATE", value_parser = day)]
        as_of: Option<NaiveDate>,
        /// Only show the mails, without sending them.
        #[arg(long)]
        dry_run: bool,
    },
    /// Check the database, the mail transport and the file store.
    Check,
}

#[derive(Subcommand)]
enum UserCommand {
    /// Add a user; the password is the first line of standard input. Prints the id.
    Add(NewUser),
}

#[derive(Args)]
struct NewUser {
    /// The e-mail address with which the person signs in.
    email: String,
    /// The person's name.
    #[arg(long)]
    name: String,
    /// Grant the role of admin.
    #[arg(long)]
    admin: bool,
}

/// A period of a country; both days are included.
#[derive(Args)]
struct PeriodArgs {
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
struct DocumentArgs {
    /// The id of the session.
    #[arg(long, value_name = "ID", value_parser = meeting_id)]
    session: MeetingId,
    /// The format of the file.
    #[arg(long, value_enum)]
    format: DocumentFormat,
    /// The file to write; default standard output.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Clone, Copy, ValueEnum)]
enum RegistryFormat {
    Json,
    Csv,
    Xlsx,
    Md,
    Docx,
    Pdf,
}

#[derive(Clone, Copy, ValueEnum)]
enum MatrixFormat {
    Xlsx,
    Csv,
}

#[derive(Clone, Copy, ValueEnum)]
enum DocumentFormat {
    Md,
    Docx,
    Pdf,
}

#[derive(Clone, Copy, ValueEnum)]
enum ReportForm {
    Clean,
    Working,
}

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

/// An error message for standard error: one sentence.
pub type Sentence = String;

/// Runs the command.
pub fn run(cli: Cli) -> Result<(), Sentence> {
    match cli.command {
        Command::Demo => demo::run(),
        Command::Serve { no_worker } => serve::run(open()?, !no_worker),
        Command::Worker => serve::work(open()?),
        Command::Migrate => migrate(),
        Command::User(UserCommand::Add(new)) => users::add(&open_migrated()?, new),
        Command::Import { path, target, lang, dry_run } if matrix::is_spreadsheet(&path) => {
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
            documents::matrix(&open_migrated()?, &country, format, output.as_deref())
        }
        Command::Acta(args) => documents::acta(&open_migrated()?, &args),
        Command::FollowUp(args) => documents::follow_up(&open_migrated()?, &args),
        Command::Report { period, roadmap, format, form, output } => {
            data::report(&open_migrated()?, &period, roadmap, (format, form, output.as_deref()))
        }
        Command::Wording { path, lang } => data::wording(&open_migrated()?, &path, lang),
        Command::Remind { as_of, dry_run } => remind(&open_migrated()?, as_of, dry_run),
        Command::Check => check::run(),
    }
}

/// Prints an error on standard error.
pub fn print_error(sentence: &str) {
    eprintln!("articula: {sentence}");
}

/// Reads the settings and opens the database.
fn open() -> Result<State, Sentence> {
    let config = Config::from_env().map_err(sentence)?;
    crate::rendering::set_brand(&config.brand);
    let db = Database::open(&config.database_url).map_err(sentence)?;
    State::new(config, db, Clock::System).map_err(sentence)
}

/// Opens the database with its schema up to date, as every command needs that reads or writes.
fn open_migrated() -> Result<State, Sentence> {
    let state = open()?;
    serve::prepare(&state)?;
    Ok(state)
}

fn migrate() -> Result<(), Sentence> {
    let state = open()?;
    match state.db.migrate().map_err(sentence)? {
        0 => println!("The schema was up to date."),
        steps => println!("The schema is up to date; {steps} steps were applied."),
    }
    for one in serve::equal_names(&state)? {
        println!("{one}");
    }
    Ok(())
}

fn remind(state: &State, as_of: Option<NaiveDate>, dry_run: bool) -> Result<(), Sentence> {
    let mailer = Mailer::from_config(&state.config).map_err(sentence)?;
    let time = match as_of {
        Some(day) => reminders::planning_day(&state.db, day).map_err(sentence)?,
        None => PlanningTime::Now(state.now()),
    };
    let url = &state.config.public_url;
    let summary = reminders::run(&state.db, &mailer, url, time, dry_run).map_err(sentence)?;
    println!("{summary}");
    Ok(())
}

/// Returns an error as one sentence: its cause, or the detail that the API would give.
fn sentence(error: impl Into<Error>) -> Sentence {
    let error = error.into();
    match (error.code, error.cause) {
        (Code::Internal | Code::Unavailable, Some(cause)) => cause.replace('\n', " "),
        (code, _) => text(Lang::En, &format!("detail-{}", code.as_str().replace('_', "-")), &error.args),
    }
}
