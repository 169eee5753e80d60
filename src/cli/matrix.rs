//! Imports follow-up matrices.

use std::path::Path;

use crate::commissions::all_of_country;
use crate::db::{CommissionId, Tx};
use crate::error::Error;
use crate::http::{State, describe};
use crate::i18n::Lang;
use crate::identity::Actor;
use crate::matrix::{Choices, Target, import_matrices, read_chosen, refused_matrices};
use clap::Args;

use super::matrix_report::print;
use super::output::{Progress, read, refuse_faults};
use super::{Sentence, sentence};

/// The country and the commission of a matrix.
#[derive(Args)]
pub(super) struct TargetArgs {
    /// For a matrix: its country, two capital letters.
    #[arg(long, value_name = "CC")]
    country: Option<String>,
    /// For a matrix: the commission of rows that name none, by acronym, name or id.
    #[arg(long, value_name = "COMMISSION")]
    commission: Option<String>,
    /// For a matrix: the content of columns, as a JSON object {"Sheet!Heading or letters": key or null}.
    #[arg(long, value_name = "JSON")]
    mapping: Option<String>,
    /// For a matrix: the answers to the questions of a dry run, as a JSON object {"id": "key"}.
    #[arg(long, value_name = "JSON")]
    answers: Option<String>,
    /// For a matrix: read hidden rows too.
    #[arg(long)]
    include_hidden: bool,
}

impl TargetArgs {
    /// Refuses the options for a dataset, which contains its country.
    pub(super) fn refuse(&self) -> Result<(), Sentence> {
        let of_matrix = self.mapping.is_some() || self.answers.is_some() || self.include_hidden;
        match self.country.is_some() || self.commission.is_some() || of_matrix {
            true => {
                Err("a dataset states its own country: leave out --country, --commission and the options of a matrix"
                    .to_owned())
            }
            false => Ok(()),
        }
    }

    /// Returns the choices, completed with the stored column mapping of the commission.
    fn choices(&self, state: &State, target: &Target) -> Result<Choices, Sentence> {
        let (mapping, answers) = (self.mapping.as_deref(), self.answers.as_deref());
        let choices = Choices::read(mapping, answers, self.include_hidden).map_err(sentence)?;
        state.db.read(|conn| target.with_remembered(conn, choices.clone())).map_err(sentence)
    }

    fn target(&self, state: &State) -> Result<Target, Sentence> {
        let Some(name) = &self.commission else {
            let country = self.country.clone().ok_or("say which country the matrix is of: --country CC")?;
            return Ok(Target { country: Some(country), commission: None });
        };
        if let Ok(id) = name.parse::<CommissionId>() {
            return Ok(Target { country: self.country.clone(), commission: Some(id) });
        }
        let country = self.country.clone().ok_or("say which country the commission is of: --country CC")?;
        let all = state.db.read(|conn| all_of_country(conn, &country, state.now())).map_err(sentence)?;
        let wanted = name.to_lowercase();
        let is_called = |one: &&crate::commissions::Commission| {
            let names = [Some(&one.fields.name), one.fields.acronym.as_ref(), one.fields.official_name.as_ref()];
            names.into_iter().flatten().chain(&one.fields.aliases).any(|own| own.to_lowercase() == wanted)
        };
        let mut found = all.iter().filter(is_called).map(|one| one.id);
        match (found.next(), found.next()) {
            (Some(id), None) => Ok(Target { country: Some(country), commission: Some(id) }),
            (None, _) => Err(format!("{country} has no commission called {name}")),
            _ => Err(format!("{country} has several commissions called {name}: give the id")),
        }
    }
}

/// Returns true when a file is a spreadsheet, by its name.
pub(super) fn is_spreadsheet(path: &Path) -> bool {
    let kind = path.extension().and_then(|kind| kind.to_str()).unwrap_or_default().to_ascii_lowercase();
    ["xlsx", "csv", "xlsm", "xls", "xlsb", "ods"].contains(&kind.as_str())
}

/// Imports a matrix; prints the result of each row, and every fault.
pub(super) fn import(
    state: &State,
    path: &Path,
    chosen: &TargetArgs,
    lang: Lang,
    dry_run: bool,
) -> Result<(), Sentence> {
    let target = chosen.target(state)?;
    let bytes = read(path)?;
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or("matriz");
    let choices = chosen.choices(state, &target)?;
    let faulty = |error| faulty(error, lang);
    let matrices = read_chosen(&bytes, name, choices).map_err(faulty)?;
    let progress = Progress::new("commitments");
    let progressing = |done: usize, of: usize| progress.show(done, of);
    let (actor, now) = (Actor { language: lang, ..Actor::program() }, state.now());
    let import = |tx: &mut Tx<'_>| import_matrices(tx, &actor, &matrices, &target, dry_run, &progressing);
    let imported = if dry_run {
        // Reads the matrix first; if that shows no fault, continues on a private copy of the database.
        let refused = state.db.snapshot(|conn| refused_matrices(conn, &actor, &matrices, &target, now));
        refused.and_then(|report| report.map_or_else(|| state.db.on_copy(None, now, import), Ok))
    } else {
        state.db.write(None, now, import)
    };
    progress.end();
    let report = imported.map_err(faulty)?.in_language(lang);
    print(&report, lang);
    refuse_faults(path, report.faults.len())
}

/// Returns the faults of a file as sentences.
fn faulty(error: Error, lang: Lang) -> Sentence {
    let sentences: Vec<String> = error.faults.iter().map(|fault| describe(fault, lang).detail).collect();
    if sentences.is_empty() { sentence(error) } else { sentences.join(" ") }
}
