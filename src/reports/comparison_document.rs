//! The comparison of a report with the country's last one, as a document.

use super::comparison::{ChoiceCompared, Comparison, FigureCompared, StepAnswer, StepCompared};
use super::model::{ChoiceOption, ReportInput};
use super::reading;
use super::store;
use super::words::Words;
use crate::access::Visibility;
use crate::audit::RestrictedRecords;
use crate::db::ReportId;
use crate::error::Result;
use crate::http::Query;
use crate::i18n::Lang;
use crate::identity::Caller;
use crate::rendering::{
    Block, Column, Document, DocumentFormat, DocumentQuery, Fact, FileBytes, Frame, Table, one_line, read_markdown,
    send_document,
};

pub(super) use api::{routes, send_comparison};

fn document(compared: &Comparison, fields: &ReportInput, country: &str, lang: Lang) -> Document {
    let words = Words { lang, country: &fields.country_code };
    let say = |key: &str| words.say(key, &[]);
    let period = words.period(fields.period_from, fields.period_to);
    let title = words.say("comparison-title", &[("country", one_line(country)), ("period", period)]);
    let mut blocks = Vec::new();
    match &compared.previous {
        None => blocks.push(Block::paragraph(say("comparison-none"))),
        Some(previous) => {
            let period = words.period(previous.period_from, previous.period_to);
            blocks.push(Block::Facts { items: vec![Fact::new(say("comparison-previous"), period)] });
        }
    }
    if let Some(promised) = &compared.promised {
        blocks.push(Block::heading(1, say("comparison-promised")));
        blocks.extend(read_markdown(promised, 1));
    }
    if !compared.next_steps.is_empty() {
        blocks.push(Block::heading(1, say("comparison-steps")));
        blocks.push(three("comparison-step", compared.next_steps.iter().map(step), words));
    }
    let changed: Vec<Vec<String>> = compared.choices.iter().filter(|choice| choice.changed).map(choice).collect();
    if !changed.is_empty() {
        blocks.push(Block::heading(1, say("comparison-choices")));
        blocks.push(three("comparison-question", changed.into_iter(), words));
    }
    if !compared.figures.is_empty() {
        blocks.push(Block::heading(1, say("comparison-figures")));
        blocks.push(figures(&compared.figures, words));
    }
    Document {
        lang,
        region: Some(fields.country_code.clone()),
        contents: None,
        landscape: false,
        frame: Frame { head: Some(title.clone()), ..Frame::default() },
        title,
        blocks,
    }
}

/// Makes a table with what is compared, before and now.
fn three(first: &str, rows: impl Iterator<Item = Vec<String>>, words: Words<'_>) -> Block {
    let columns = [(first, 5), ("comparison-before", 4), ("comparison-now", 4)];
    let columns = columns.into_iter().map(|(key, share)| Column::text(words.say(key, &[]), share)).collect();
    Block::Table(Table::new(columns, rows.collect()))
}

fn step(one: &StepCompared) -> Vec<String> {
    let answer = |answer: &Option<StepAnswer>| {
        let Some(answer) = answer else { return "—".to_owned() };
        let mut lines = vec![labels(&answer.choices)];
        lines.extend(answer.text.as_deref().map(one_line));
        lines.join("\n")
    };
    vec![one_line(&one.title), answer(&one.before), answer(&one.now)]
}

fn choice(one: &ChoiceCompared) -> Vec<String> {
    vec![one_line(&one.title), labels(&one.before), labels(&one.now)]
}

fn labels(options: &[ChoiceOption]) -> String {
    if options.is_empty() {
        return "—".to_owned();
    }
    options.iter().map(|option| one_line(&option.label)).collect::<Vec<_>>().join("; ")
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
        let DocumentQuery { format, lang } = query;
        let caller = caller.on_snapshot();
        let read = caller.read(move |conn, actor| {
            let visibility = Visibility::of(actor);
            let fields = store::find(conn, &visibility, id)?.fields();
            let lang = lang.map_or_else(|| reading::language_of(conn, &fields.country_code), Ok)?;
            let compared = reading::comparison(conn, &visibility, lang, id)?;
            let country = store::country_name_in(conn, &fields.country_code, lang)?;
            Ok((document(&compared, &fields, &country, lang), RestrictedRecords::default()))
        });
        let (document, _) = read.await?;
        send_document(document, format.unwrap_or(DocumentFormat::Markdown), &format!("comparison-{id}")).await
    }
}
