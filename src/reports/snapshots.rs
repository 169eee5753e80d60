//! Frozen copies: an approved report in every language, and the records that it cites, each stored under the SHA-256
//! of its own text. The copy of the report names the copy of the records. Documents of an approved report are made
//! from its copy alone.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use utoipa::ToSchema;

use super::answer::{AnswerState, Source, SourceKind};
use super::figures::Figures;
use super::form_wording::Wording as FormWording;
use super::model::{ApprovingOffice, Cover, Form, ReportInput};
use super::records::Records;
use crate::clock::Instant;
use crate::db::UserId;
use crate::error::{Error, Result};
use crate::i18n::Lang;
use crate::rendering::DocumentFormat;

/// The frozen copy of a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Frozen {
    pub fields: ReportInput,
    pub version: i32,
    /// The name of the country on the cover.
    pub country: String,
    /// The title of the roadmap on the cover.
    pub roadmap: String,
    /// Both names in the languages in which they have a translation.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub names: BTreeMap<Lang, (String, String)>,
    pub drafted_at: Option<Instant>,
    pub approved_at: Instant,
    pub approved_by: Option<UserId>,
    /// The office for which that user approved it. Absent from copies that were made before covers named it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub office: Option<ApprovingOffice>,
    /// The commissions on the cover, in each language. Absent from copies that were made before covers named them.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub commissions: BTreeMap<Lang, Vec<String>>,
    /// Absent from copies that were made before figures were counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub figures: Option<Figures>,
    /// The form's own wording at the time of approval, in the languages in which it was loaded.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub wordings: BTreeMap<Lang, FormWording>,
    /// Questions and answers, in each language.
    pub forms: BTreeMap<Lang, Form>,
    /// The SHA-256 of the copy of the records.
    pub records: String,
}

impl Frozen {
    /// Returns the names of the country and of the roadmap in a language.
    pub(super) fn names_in(&self, lang: Lang) -> (String, String) {
        self.names.get(&lang).cloned().unwrap_or_else(|| (self.country.clone(), self.roadmap.clone()))
    }

    /// Returns the cover in a language.
    pub(super) fn cover_in(&self, lang: Lang) -> Cover {
        let (country, roadmap) = self.names_in(lang);
        let wording = self.wordings.get(&lang).cloned();
        let commissions = self.commissions.get(&lang).cloned().unwrap_or_default();
        Cover { country, roadmap, wording, commissions, office: self.office }
    }

    /// Returns the copy as JSON with the names of every object in order: equal reports give equal texts.
    pub(super) fn canonical(&self) -> Result<String> {
        let value: Value = serde_json::to_value(self).map_err(Error::internal)?;
        Ok(value.to_string())
    }
}

/// Returns the form as it is approved: every answer given is approved, without findings and changes.
pub(super) fn freeze(mut form: Form) -> Form {
    for asked in form.sections.iter_mut().flat_map(|section| &mut section.questions) {
        asked.needs_confirmation = false;
        let answer = &mut asked.answer;
        if answer.state != AnswerState::Empty {
            answer.state = AnswerState::Approved;
        }
        answer.findings.clear();
        answer.changed_since_edit.clear();
    }
    form
}

/// The frozen copy of a report, as the API returns it.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = ReportSnapshot)]
pub(super) struct Snapshot {
    /// The SHA-256 of `report`, written as JSON without spaces and with the names of every object in order.
    #[schema(examples("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"))]
    pub sha256: String,
    /// The approved report: fields, cover, questions and answers in each language, and the SHA-256 of the records.
    #[schema(value_type = Object)]
    pub report: Value,
    /// The cited records at the time of approval: kind, id, label and content. Their SHA-256 is `report.records`.
    #[schema(value_type = Vec<Object>)]
    pub records: Value,
    /// The documents that are kept.
    pub files: Vec<KeptFile>,
}

crate::text_enum! {
    /// The two documents of an approved report.
    ReportPart {
        /// The clean copy.
        Report = "report",
        /// The answers alone.
        Answers = "answers",
    }
}

crate::text_enum! {
    /// A format of a document of a report.
    ReportFormat { Markdown = "md", Json = "json", Docx = "docx", Pdf = "pdf", Text = "txt" }
}

impl ReportFormat {
    pub(super) const fn media_type(self) -> &'static str {
        match self {
            Self::Markdown => DocumentFormat::Markdown.media_type(),
            Self::Json => "application/json",
            Self::Docx => DocumentFormat::Docx.media_type(),
            Self::Pdf => DocumentFormat::Pdf.media_type(),
            Self::Text => "text/plain; charset=utf-8",
        }
    }
}

impl ReportPart {
    pub(super) const fn formats(self) -> &'static [ReportFormat] {
        match self {
            Self::Report => &[ReportFormat::Markdown, ReportFormat::Json, ReportFormat::Docx, ReportFormat::Pdf],
            Self::Answers => &[ReportFormat::Docx, ReportFormat::Text],
        }
    }
}

/// A document of an approved report that is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = ReportFile)]
pub(super) struct KeptFile {
    /// `report`, the clean copy, or `answers`, the answers alone.
    #[schema(examples("report"))]
    pub part: ReportPart,
    /// `md`, `json`, `docx`, `pdf` or `txt`.
    #[schema(examples("pdf"))]
    pub format: ReportFormat,
    /// The language: `es` or `en`.
    #[schema(examples("es"))]
    pub lang: Lang,
    /// The SHA-256 of its bytes.
    #[schema(examples("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"))]
    pub sha256: String,
}

crate::nothing_restricted!(Snapshot);

/// The content of cited records, as JSON.
pub(super) struct Contents(HashMap<(SourceKind, String), Value>);

impl Contents {
    /// Collects the content of these sources; one whose record is deleted is left out.
    pub(super) fn of<'a>(records: &Records, sources: impl Iterator<Item = &'a Source>) -> Self {
        let mut contents = Collector {
            wanted: sources.map(|source| (source.kind, source.id.as_str())).collect(),
            found: HashMap::new(),
        };
        contents.add_all(SourceKind::Activity, &records.activities, |one| one.id);
        contents.add_all(SourceKind::Agreement, &records.agreements, |one| one.id);
        contents.add_all(SourceKind::Commitment, &records.commitments, |one| one.id);
        contents.add_all(SourceKind::Meeting, &records.meetings, |one| one.id);
        contents.add_all(SourceKind::Observation, &records.observations, |one| one.id);
        contents.add_all(SourceKind::Plan, &records.plans, |one| one.id);
        contents.add_all(SourceKind::PlanItem, &records.roadmap.items, |one| one.step.id);
        for (id, one) in &records.institutions {
            contents.add(SourceKind::Institution, id, || value(one));
        }
        for one in &records.commissions {
            let members = || records.memberships.iter().filter(|member| member.commission_id == one.id);
            contents.add(
                SourceKind::Commission,
                one.id,
                || json!({"commission": value(one), "memberships": members().map(value).collect::<Vec<_>>()}),
            );
        }
        if let Some(previous) = &records.previous {
            contents.add(SourceKind::Report, previous.id, || json!({"texts": previous.texts}));
        }
        Self(contents.found)
    }

    pub(super) fn get(&self, source: &Source) -> Option<&Value> {
        self.0.get(&(source.kind, source.id.clone()))
    }

    /// Returns a short text that changes when the content of the record changes.
    pub(super) fn fingerprint(&self, source: &Source) -> String {
        self.get(source).map(|content| sha256(&content.to_string()).chars().take(16).collect()).unwrap_or_default()
    }
}

struct Collector<'a> {
    wanted: HashSet<(SourceKind, &'a str)>,
    found: HashMap<(SourceKind, String), Value>,
}

impl Collector<'_> {
    fn add(&mut self, kind: SourceKind, id: impl ToString, content: impl Fn() -> Value) {
        let id = id.to_string();
        if self.wanted.contains(&(kind, id.as_str())) {
            self.found.insert((kind, id), content());
        }
    }

    fn add_all<T: Serialize, I: ToString>(&mut self, kind: SourceKind, records: &[T], id: fn(&T) -> I) {
        records.iter().for_each(|one| self.add(kind, id(one), || value(one)));
    }
}

fn value<T: Serialize>(record: &T) -> Value {
    serde_json::to_value(record).unwrap_or_default()
}

/// Returns the SHA-256 of a text in hexadecimal.
pub(super) fn sha256(text: &str) -> String {
    sha256_of(text.as_bytes())
}

/// Returns the SHA-256 of a file in hexadecimal.
pub(super) fn sha256_of(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

pub(super) mod store {
    use diesel::prelude::*;

    use super::*;
    use crate::db::schema::{report_files, report_snapshots};
    use crate::db::{Db, ReportId};

    /// Returns the files of a report, with the SHA-256 of each.
    pub(crate) fn kept_files(conn: &mut Db, report: ReportId) -> Result<Vec<KeptFile>> {
        let rows: Vec<(ReportPart, ReportFormat, Lang, String)> = report_files::table
            .filter(report_files::report_id.eq(report))
            .order((report_files::part.desc(), report_files::format, report_files::lang))
            .select((report_files::part, report_files::format, report_files::lang, report_files::sha256))
            .load(conn)?;
        let file = |(part, format, lang, sha256)| KeptFile { part, format, lang, sha256 };
        Ok(rows.into_iter().map(file).collect())
    }

    /// Stores a copy; the same text is stored once.
    pub(crate) fn insert_snapshot(conn: &mut Db, name: &str, content: &str, now: Instant) -> Result<()> {
        let known: i64 = report_snapshots::table.find(name).count().get_result(conn)?;
        if known == 0 {
            diesel::insert_into(report_snapshots::table)
                .values((
                    report_snapshots::sha256.eq(name),
                    report_snapshots::content.eq(content),
                    report_snapshots::taken_at.eq(now),
                ))
                .execute(conn)?;
        }
        Ok(())
    }

    /// Loads the text of a copy; a text that does not match its name is an error of the database.
    pub(crate) fn snapshot(conn: &mut Db, name: &str) -> Result<Value> {
        let content: String = report_snapshots::table.find(name).select(report_snapshots::content).first(conn)?;
        checked(name, &content)
    }

    fn checked<T: serde::de::DeserializeOwned>(name: &str, content: &str) -> Result<T> {
        if sha256(content) != name {
            return Err(Error::internal(format!("the frozen copy {name} has been tampered with")));
        }
        serde_json::from_str(content).map_err(Error::internal)
    }

    /// Loads the frozen copies of these names: one query, or none without names.
    pub(crate) fn frozen(conn: &mut Db, names: &[&String]) -> Result<HashMap<String, Frozen>> {
        if names.is_empty() {
            return Ok(HashMap::new());
        }
        let rows: Vec<(String, String)> = report_snapshots::table
            .filter(report_snapshots::sha256.eq_any(names.iter().copied()))
            .select((report_snapshots::sha256, report_snapshots::content))
            .load(conn)?;
        let parsed = rows.into_iter().map(|(name, content)| {
            let frozen = checked(&name, &content)?;
            Ok((name, frozen))
        });
        parsed.collect()
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn names_stand_in_order_whatever_order_they_came_in() {
        let one: serde_json::Value = serde_json::from_str(r#"{"b": 1, "a": {"d": 2, "c": 3}}"#).unwrap();
        assert_eq!(one.to_string(), r#"{"a":{"c":3,"d":2},"b":1}"#);
    }
}
