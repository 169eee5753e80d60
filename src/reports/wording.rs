//! The wording of a form: its titles, introductions, notes, questions and options, as the issuing organisation prints
//! them. It changes from year to year and belongs to others, so an installation loads it for each language. Documents in
//! that language use it; pages and the API keep the program's own wording.

use std::collections::BTreeMap;

use super::content::ReportContent;
use super::form_wording::{FormTexts, PLACEHOLDERS, Wording};
use super::model::{Form, Template};
use super::questionnaire::question_of;
use super::words::{Words, next_period};
use crate::access::{may_coordinate_anywhere, require};
use crate::audit;
use crate::db::{Db, Tx};
use crate::error::{Permitted, Result};
use crate::i18n::Lang;
use crate::identity::Actor;

pub(super) use api::routes;

fn filled_in(text: &str, values: &[(&str, &str)]) -> String {
    values.iter().fold(text.to_owned(), |text, (name, value)| text.replace(&format!("{{{name}}}"), value))
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
    /// Replaces titles, questions and options; returns the texts that are beside them.
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
