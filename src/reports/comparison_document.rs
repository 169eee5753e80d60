//! The comparison of a report with the country's last one, as a document.

use super::comparison::{ChoiceCompared, Comparison, FigureCompared, StepAnswer, StepCompared};
use super::document::OTHER_OPTION;
use super::model::{ChoiceOption, ReportStatus};
use super::reading;
use super::store::{self, Head};
use super::words::Words;
use chrono::NaiveDate;

use crate::access::{Visibility, country_day};
use crate::audit::RestrictedRecords;
use crate::db::ReportId;
use crate::error::Result;
use crate::http::Query;
use crate::i18n::{self, Lang};
use crate::identity::Caller;
use crate::rendering::{
    Block, Column, Document, DocumentFormat, DocumentQuery, Fact, FileBytes, Frame, Table, file_stem, one_line,
    read_markdown, send_document,
};

pub(super) use api::{routes, send_comparison};

/// The report that is compared, beside its comparison.
struct ComparedReport {
    head: Head,
    country: String,
    /// The day of the comparison in the country.
    today: NaiveDate,
    compared: Comparison,
}

crate::nothing_restricted!(ComparedReport);

fn document(report: &ComparedReport, lang: Lang) -> Document {
    let (compared, fields) = (&report.compared, &report.head.fields());
    let words = Words { lang, country: &fields.country_code };
    let say = |key: &str| words.say(key, &[]);
    let period = words.period(fields.period_from, fields.period_to);
    let title = words.say("comparison-title", &[("country", one_line(&report.country)), ("period", period.clone())]);
    let mut blocks = vec![Block::Facts { items: states(report, period, words) }];
    let is_draft = report.head.status == ReportStatus::Draft;
    match &compared.previous {
        None => blocks.push(Block::paragraph(say("comparison-none"))),
        Some(previous) => match (is_draft, previous.status == ReportStatus::Draft) {
            (true, true) => blocks.push(Block::note(say("comparison-both-drafts"))),
            (true, false) => blocks.push(Block::note(say("comparison-now-draft"))),
            (false, true) => blocks.push(Block::note(say("comparison-before-draft"))),
            (false, false) => {}
        },
    }
    if let Some(promised) = &compared.promised {
        blocks.push(Block::heading(1, say("comparison-promised")));
        blocks.extend(read_markdown(promised, 1));
    }
    if !compared.next_steps.is_empty() {
        blocks.push(Block::heading(1, say("comparison-steps")));
        blocks.push(three("comparison-step", compared.next_steps.iter().map(|one| step(one, words)), words));
    }
    let changed: Vec<Vec<String>> =
        compared.choices.iter().filter(|choice| choice.before != choice.now).map(|one| choice(one, words)).collect();
    if compared.previous.is_some() && !changed.is_empty() {
        blocks.push(Block::heading(1, say("comparison-choices")));
        blocks.push(three("comparison-question", changed.into_iter(), words));
    }
    if !compared.figures.is_empty() {
        blocks.push(Block::heading(1, say("comparison-figures")));
        blocks.push(figures(&compared.figures, words));
    }
    let foot = words.say("comparison-foot", &[("day", i18n::day(lang, report.today))]);
    Document {
        lang,
        region: Some(fields.country_code.clone()),
        contents: None,
        landscape: true,
        frame: Frame { head: Some(title.clone()), foot: Some(foot), ..Frame::default() },
        title,
        blocks,
    }
}

/// States the periods and states of both reports, and the day of the comparison.
fn states(report: &ComparedReport, period: String, words: Words<'_>) -> Vec<Fact> {
    let state = |status: ReportStatus| words.say(&format!("comparison-state-{status}"), &[]);
    let (period, state_now) = (("period", period), ("state", state(report.head.status)));
    let own = words.say("comparison-own", &[period, state_now, ("n", report.head.version.to_string())]);
    let previous = report.compared.previous.as_ref().map(|previous| {
        let period = words.period(previous.period_from, previous.period_to);
        words.say("comparison-other", &[("period", period), ("state", state(previous.status))])
    });
    let mut facts = vec![Fact::new(words.say("comparison-now", &[]), own)];
    facts.extend(previous.map(|previous| Fact::new(words.say("comparison-previous", &[]), previous)));
    facts.push(Fact::new(words.say("comparison-day", &[]), i18n::day(words.lang, report.today)));
    facts
}

/// Makes a table with what is compared, before and now.
fn three(first: &str, rows: impl Iterator<Item = Vec<String>>, words: Words<'_>) -> Block {
    let columns = [(first, 5), ("comparison-before", 5), ("comparison-now", 5)];
    let columns = columns.into_iter().map(|(key, share)| Column::text(words.say(key, &[]), share)).collect();
    Block::Table(Table::new(columns, rows.collect()))
}

/// Returns a next step with the reports that ask for it, and their answers; `—` where a report does not ask.
fn step(one: &StepCompared, words: Words<'_>) -> Vec<String> {
    let answer = |answer: &Option<StepAnswer>| {
        let Some(answer) = answer else { return "—".to_owned() };
        let mut lines = Vec::new();
        if !answer.choices.is_empty() || answer.text.is_none() {
            lines.push(labels(&answer.choices, answer.other.as_deref(), words));
        }
        lines.extend(answer.text.as_deref().map(one_line));
        lines.join("\n")
    };
    let asked_by = match (&one.before, &one.now) {
        (Some(_), Some(_)) => "comparison-of-both",
        (Some(_), None) => "comparison-of-before",
        (None, _) => "comparison-of-now",
    };
    let title = format!("{}\n{}", one_line(&one.title), words.say(asked_by, &[]));
    vec![title, answer(&one.before), answer(&one.now)]
}

fn choice(one: &ChoiceCompared, words: Words<'_>) -> Vec<String> {
    let [before, now] = &one.others;
    vec![one_line(&one.title), labels(&one.before, before.as_deref(), words), labels(&one.now, now.as_deref(), words)]
}

/// Returns the labels of the options, that of "Others" with its text; words for a question that nobody answered.
fn labels(options: &[ChoiceOption], other: Option<&str>, words: Words<'_>) -> String {
    if options.is_empty() {
        return words.say("comparison-unanswered", &[]);
    }
    let label = |option: &ChoiceOption| match other.filter(|_| option.key == OTHER_OPTION) {
        Some(text) => {
            words.say("document-other-named", &[("label", one_line(&option.label)), ("value", one_line(text))])
        }
        None => one_line(&option.label),
    };
    options.iter().map(label).collect::<Vec<_>>().join("; ")
}

fn figures(all: &[FigureCompared], words: Words<'_>) -> Block {
    let number = |count: Option<usize>| count.map_or_else(|| "—".to_owned(), |count| words.number(count as u64));
    let row = |one: &FigureCompared| vec![one_line(&one.label), number(one.before), number(one.now)];
    let columns = vec![
        Column::text(words.say("comparison-figure", &[]), 8),
        Column::figures(words.say("comparison-before", &[]), 3),
        Column::figures(words.say("comparison-now", &[]), 3),
    ];
    Block::Table(Table::new(columns, all.iter().map(row).collect()))
}

mod api {
    use actix_web::web::Path;
    use actix_web::{HttpResponse, get};

    use super::*;

    pub(crate) fn routes(cfg: &mut crate::http::Routes<'_>) {
        cfg.service(comparison_document);
    }

    /// The comparison as a document
    ///
    /// The steps that the last report announced, the next steps in both reports, the choices that differ and the figures;
    /// as Markdown, DOCX or PDF (PDF/UA).
    ///
    /// Permissions: admin; coordinator of the country.
    #[utoipa::path(tag = "reports", params(("id" = ReportId, Path, description = "The report"), DocumentQuery), responses((status = 200, description = "The comparison", content(
        (String = "text/markdown"), (FileBytes = "application/pdf"),
        (FileBytes = "application/vnd.openxmlformats-officedocument.wordprocessingml.document")
    )), (status = 429, description = "Too many in a short time; see Retry-After", body = crate::http::Problem, content_type = "application/problem+json")))]
    #[get("/api/v1/reports/{id}/comparison/document")]
    pub(crate) async fn comparison_document(
        caller: Caller,
        id: Path<ReportId>,
        query: Query<DocumentQuery>,
    ) -> Result<HttpResponse> {
        send_comparison(caller, id.into_inner(), query.0).await
    }

    /// Sends the comparison of a report to a caller.
    pub(crate) async fn send_comparison(caller: Caller, id: ReportId, query: DocumentQuery) -> Result<HttpResponse> {
        caller.count(&caller.state.limits.documents)?;
        let (DocumentQuery { format, lang }, now) = (query, caller.state.now());
        let caller = caller.on_snapshot();
        let read = caller.read(move |conn, actor| {
            let visibility = Visibility::of(actor);
            let head = store::find(conn, &visibility, id)?;
            let lang = lang.map_or_else(|| reading::language_of(conn, &head.country_code), Ok)?;
            let compared = reading::comparison(conn, &visibility, lang, id)?;
            let country = store::country_name_in(conn, &head.country_code, lang)?;
            let today = country_day(conn, &head.country_code, now)?;
            let report = ComparedReport { head, country, today, compared };
            Ok((document(&report, lang), RestrictedRecords::default()))
        });
        let (document, _) = read.await?;
        let stem = file_stem(&[&document.title]);
        send_document(document, format.unwrap_or(DocumentFormat::Markdown), &stem).await
    }
}
