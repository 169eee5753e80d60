//! The wording of a form: its titles, introductions, notes, questions and options, as the issuing organisation prints
//! them. It changes from year to year and belongs to others, so an installation loads it for each language. Documents in
//! that language use it; pages and the API keep the program's own wording.

use std::collections::BTreeMap;

use deserr::Deserr;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::model::{Form, Template};
use super::questionnaire::{QUESTIONS, Question, Repeat, SectionKey, question_of};
use super::reading::ReportContent;
use super::words::{Words, next_period};
use crate::access::{may_coordinate_anywhere, require};
use crate::audit;
use crate::db::{Db, Tx};
use crate::error::{Faults, Permitted, Result, escaped};
use crate::http::Input;
use crate::i18n::Lang;
use crate::identity::Actor;

pub(super) use api::routes;

/// The maximum length of a text.
const MAX_TEXT: usize = 4000;

/// The placeholders that every text may have, and those of the two repeated questions.
const PLACEHOLDERS: &[&str] = &["period_from", "period_to", "next_from", "next_to"];
const OF_REPEATED: &[&str] = &["n", "title"];

type Texts = BTreeMap<String, String>;

/// The wording of a form in one language; every part is optional. `{period_from}`, `{period_to}`, `{next_from}` and
/// `{next_to}` stand for the months of the period and of the next one; in the two repeated questions, `{n}` is the number
/// and `{title}` the title of the priority or next step.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserr, Serialize, Deserialize, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(as = FormWording)]
pub(crate) struct Wording {
    /// The titles of sections, by the key of the section.
    #[deserr(default)]
    #[serde(default)]
    #[schema(example = json!({"s1_priorities": "1. Prioridades"}), required = false)]
    pub titles: Texts,
    /// Texts below the titles of sections, by the key of the section.
    #[deserr(default)]
    #[serde(default)]
    #[schema(example = json!({"s1_priorities": "Del período {period_from} a {period_to}."}), required = false)]
    pub introductions: Texts,
    /// Texts below questions, by the key of the question.
    #[deserr(default)]
    #[serde(default)]
    #[schema(example = json!({"highlights": "Hasta 300 palabras."}), required = false)]
    pub notes: Texts,
    /// Questions, by their key.
    #[deserr(default)]
    #[serde(default)]
    #[schema(example = json!({"priority_progress": "Prioridad {n}: {title}"}), required = false)]
    pub questions: Texts,
    /// The names of options, by the key of the question and of the option.
    #[deserr(default)]
    #[serde(default)]
    #[schema(example = json!({"overall_rating": {"great": "Gran avance"}}), required = false)]
    pub options: BTreeMap<String, Texts>,
}

impl Input for Wording {
    fn check(&self, faults: &mut Faults) {
        for (part, texts) in [("titles", &self.titles), ("introductions", &self.introductions)] {
            for (key, text) in texts {
                check_text(&format!("/{part}/{}", escaped(key)), key.parse::<SectionKey>().is_ok(), text, &[], faults);
            }
        }
        for (part, texts) in [("notes", &self.notes), ("questions", &self.questions)] {
            for (key, text) in texts {
                let question = template_question(key);
                let own = question.filter(|question| question.repeat != Repeat::Once).map_or(&[][..], |_| OF_REPEATED);
                check_text(&format!("/{part}/{}", escaped(key)), question.is_some(), text, own, faults);
            }
        }
        for (key, texts) in &self.options {
            let question = template_question(key);
            for (option, text) in texts {
                let is_known = question.is_some_and(|question| question.offers(option));
                check_text(&format!("/options/{}/{}", escaped(key), escaped(option)), is_known, text, &[], faults);
            }
        }
    }
}

fn template_question(key: &str) -> Option<&'static Question> {
    QUESTIONS.iter().find(|question| question.key == key)
}

/// Checks one text: its key, its length, and its placeholders.
fn check_text(at: &str, is_known: bool, text: &str, own: &[&str], faults: &mut Faults) {
    if !is_known {
        faults.add(at, "unknown_field");
        return;
    }
    faults.text(at, text, MAX_TEXT);
    for name in placeholders(text) {
        if !PLACEHOLDERS.contains(&name) && !own.contains(&name) {
            faults.add_with(at, "unknown_placeholder", vec![("name", name.to_owned())]);
        }
    }
}

/// Returns the names between braces; a brace without its other half is a name itself.
fn placeholders(text: &str) -> Vec<&str> {
    let after = text.split('{').skip(1).map(|rest| rest.split_once('}').map_or("{", |(name, _)| name));
    let alone = text.split('{').enumerate().filter(|(n, part)| part.matches('}').count() > usize::from(*n > 0));
    after.chain(alone.map(|_| "}")).collect()
}

fn filled_in(text: &str, values: &[(&str, &str)]) -> String {
    values.iter().fold(text.to_owned(), |text, (name, value)| text.replace(&format!("{{{name}}}"), value))
}

/// The texts of the form that stand beside titles and questions in one document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct FormTexts {
    introductions: BTreeMap<SectionKey, String>,
    notes: BTreeMap<String, String>,
}

impl FormTexts {
    /// Returns the text below the title of a section.
    pub(super) fn introduction(&self, section: SectionKey) -> Option<&str> {
        self.introductions.get(&section).map(String::as_str)
    }

    /// Returns the text below a question.
    pub(super) fn note(&self, key: &str) -> Option<&str> {
        self.notes.get(key).map(String::as_str)
    }
}

/// Words the document of a report as its form does, if the form's wording in this language is loaded.
pub(super) fn word(conn: &mut Db, content: &mut ReportContent, lang: Lang) -> Result<()> {
    if let Some(wording) = store::find(conn, content.fields.template, lang)? {
        word_with(&wording, content, lang);
    }
    Ok(())
}

/// Words the document of a report with this wording of its form.
pub(super) fn word_with(wording: &Wording, content: &mut ReportContent, lang: Lang) {
    let words = Words { lang, country: &content.fields.country_code };
    let (from, to) = (content.fields.period_from, content.fields.period_to);
    let (next_from, next_to) = next_period(to);
    let days = [words.start(from), words.end(to), words.start(next_from), words.end(next_to)];
    let values: Vec<(&str, &str)> = PLACEHOLDERS.iter().copied().zip(days.iter().map(String::as_str)).collect();
    content.form_texts = Some(wording.apply(&mut content.form, &values));
}

/// Returns the wordings of a form that are loaded, to freeze them with an approved report.
pub(super) fn wordings_of(conn: &mut Db, template: Template) -> Result<BTreeMap<Lang, Wording>> {
    let mut wordings = BTreeMap::new();
    for lang in Lang::ALL {
        wordings.extend(store::find(conn, template, *lang)?.map(|wording| (*lang, wording)));
    }
    Ok(wordings)
}

impl Wording {
    /// Replaces titles, questions and options; returns the texts that stand beside them.
    fn apply(&self, form: &mut Form, values: &[(&str, &str)]) -> FormTexts {
        let mut texts = FormTexts::default();
        let mut repeated: BTreeMap<&str, usize> = BTreeMap::new();
        for section in &mut form.sections {
            let key = section.key.as_str();
            if let Some(title) = self.titles.get(key) {
                section.title = filled_in(title, values);
            }
            if let Some(text) = self.introductions.get(key) {
                texts.introductions.insert(section.key, filled_in(text, values));
            }
            for asked in &mut section.questions {
                let Some(question) = question_of(&asked.key) else { continue };
                let place = repeated.entry(question.key).or_default();
                *place += 1;
                let (n, title) = (place.to_string(), asked.plan_item_title.clone().unwrap_or_default());
                let own = [values, &[("n", n.as_str()), ("title", title.as_str())]].concat();
                if let Some(text) = self.questions.get(question.key) {
                    asked.title = filled_in(text, &own);
                }
                if let Some(text) = self.notes.get(question.key) {
                    texts.notes.insert(asked.key.clone(), filled_in(text, &own));
                }
                let labels = self.options.get(question.key);
                for option in &mut asked.options {
                    if let Some(label) = labels.and_then(|labels| labels.get(&option.key)) {
                        option.label = filled_in(label, values);
                    }
                }
            }
        }
        texts
    }
}

/// Returns the wording of a form in a language; empty if none is loaded. 403 for all but coordinators and admins.
fn show(conn: &mut Db, actor: &Actor, (template, lang): (Template, Lang)) -> Result<Wording> {
    require(may_coordinate_anywhere(actor), Permitted::AnyCoordinator)?;
    Ok(store::find(conn, template, lang)?.unwrap_or_default())
}

/// Replaces the wording of a form in a language; an empty one removes it.
pub(crate) fn set_wording(
    tx: &mut Tx<'_>,
    actor: &Actor,
    (template, lang): (Template, Lang),
    wording: Wording,
) -> Result<Wording> {
    let before = show(tx.conn, actor, (template, lang))?;
    if before != wording {
        store::replace(tx, template, lang, &wording)?;
        audit::updated(tx, "form_wording", format!("{template}/{lang}"), None, &before, &wording)?;
    }
    Ok(wording)
}

crate::nothing_restricted!(Wording);

mod store {
    use diesel::prelude::*;

    use super::{Template, Wording};
    use crate::db::schema::form_wordings;
    use crate::db::{Db, Tx};
    use crate::error::{Error, Result};
    use crate::i18n::Lang;

    /// Returns the wording of a form in a language.
    pub(super) fn find(conn: &mut Db, template: Template, lang: Lang) -> Result<Option<Wording>> {
        let text: Option<String> =
            form_wordings::table.find((template, lang)).select(form_wordings::content).first(conn).optional()?;
        text.map(|text| serde_json::from_str(&text).map_err(Error::internal)).transpose()
    }

    pub(super) fn replace(tx: &mut Tx<'_>, template: Template, lang: Lang, wording: &Wording) -> Result<()> {
        diesel::delete(form_wordings::table.find((template, lang))).execute(tx.conn)?;
        if *wording == Wording::default() {
            return Ok(());
        }
        let row = (
            form_wordings::template.eq(template),
            form_wordings::lang.eq(lang),
            form_wordings::content.eq(serde_json::to_string(wording).map_err(Error::internal)?),
            form_wordings::updated_at.eq(tx.now),
        );
        diesel::insert_into(form_wordings::table).values(row).execute(tx.conn)?;
        Ok(())
    }
}

mod api {
    use actix_web::web::Path;
    use actix_web::{HttpResponse, get, put};
    use serde::Deserialize;
    use utoipa::IntoParams;

    use super::*;
    use crate::http::{Body, Query};
    use crate::identity::Caller;

    pub(in crate::reports) fn routes(cfg: &mut crate::http::Routes<'_>) {
        cfg.service(show_wording).service(put_wording);
    }

    /// The language of a wording.
    #[derive(Debug, Deserialize, IntoParams)]
    #[serde(deny_unknown_fields)]
    #[into_params(parameter_in = Query)]
    pub(in crate::reports) struct WordingQuery {
        /// `es` or `en`.
        #[param(inline, example = "es")]
        lang: Lang,
    }

    /// Show the wording of a form
    ///
    /// The form's own titles, introductions, notes, questions and options in a language. Documents in that language use
    /// them; where one is missing, and where none is loaded, the program's own wording.
    ///
    /// Permissions: admin; coordinator of any country.
    #[utoipa::path(tag = "reports", params(("template" = Template, Path, description = "The form"), WordingQuery), responses((status = 200, description = "The wording; empty if none is loaded", body = Wording)))]
    #[get("/api/v1/templates/{template}/wording")]
    pub(crate) async fn show_wording(
        caller: Caller,
        template: Path<Template>,
        query: Query<WordingQuery>,
    ) -> Result<HttpResponse> {
        let key = (template.into_inner(), query.0.lang);
        caller.show(move |conn, actor| show(conn, actor, key)).await
    }

    /// Replace the wording of a form
    ///
    /// Replaces the wording in a language as a whole; an empty one removes it. Issued documents do not change.
    ///
    /// Permissions: admin; coordinator of any country.
    #[utoipa::path(tag = "reports", params(("template" = Template, Path, description = "The form"), WordingQuery), request_body = Wording, responses((status = 200, description = "The new wording", body = Wording)))]
    #[put("/api/v1/templates/{template}/wording")]
    pub(crate) async fn put_wording(
        caller: Caller,
        template: Path<Template>,
        query: Query<WordingQuery>,
        body: Body<Wording>,
    ) -> Result<HttpResponse> {
        let key = (template.into_inner(), query.0.lang);
        let load = move |tx: &mut Tx<'_>, actor: &Actor| show(tx.conn, actor, key);
        caller.put(body, load, move |tx, actor, wording| set_wording(tx, actor, key, wording)).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(value: serde_json::Value) -> Vec<(String, &'static str)> {
        let wording = deserr::deserialize::<Wording, _, Faults>(value).unwrap();
        let mut faults = Faults::default();
        wording.check(&mut faults);
        faults.list.into_iter().map(|fault| (fault.pointer, fault.code)).collect()
    }

    #[test]
    fn placeholders_are_known_and_the_number_is_of_repeated_questions_alone() {
        let good = serde_json::json!({
            "titles": {"s1_priorities": "De {period_from} a {period_to}"},
            "questions": {"priority_progress": "{n}. {title}", "highlights": "Hasta {next_to}"},
        });
        assert_eq!(faults(good), []);
        let bad = serde_json::json!({
            "questions": {"highlights": "{n}", "difficulties": "{periodo}", "other": "x"},
            "titles": {"s1_priorities": "{period_from", "s3_overall": "a} b"},
            "options": {"overall_rating": {"great": "Mucho", "huge": "Enorme"}},
        });
        assert_eq!(
            faults(bad),
            [
                ("/titles/s1_priorities".to_owned(), "unknown_placeholder"),
                ("/titles/s3_overall".to_owned(), "unknown_placeholder"),
                ("/questions/difficulties".to_owned(), "unknown_placeholder"),
                ("/questions/highlights".to_owned(), "unknown_placeholder"),
                ("/questions/other".to_owned(), "unknown_field"),
                ("/options/overall_rating/huge".to_owned(), "unknown_field"),
            ]
        );
    }
}
