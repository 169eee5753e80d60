//! `/me`: the own account. Language, and texts of forms that are kept while they are written.

use actix_web::web::Payload;
use actix_web::{HttpRequest, HttpResponse, get, post};
use maud::{Markup, html};

use super::sign_in::{own_path, see_other};
use super::submission::{FormPage, Submission};
use super::visitor::Visitor;
use crate::clock::Instant;
use crate::db::{Db, Tx};
use crate::error::{Code, Error, Faults, Result};
use crate::http::{Fields, Form, Input};
use crate::i18n::Lang;
use crate::identity::actor::Actor;
use crate::identity::model::{GrantInput, MeInput};
use crate::identity::{Grant, drafts, grants, store, users};
use crate::ui::{Choice, Field, FormView, Frame, View, actions, facts, panel, tabs};

/// The pages of the account: address and key of the title.
const PAGES: &[(&str, &str)] = &[
    ("/me", "account-tab-data"),
    ("/me/password", "account-tab-password"),
    ("/me/second-factor", "account-tab-second-factor"),
    ("/me/sessions", "account-tab-sessions"),
    ("/me/notifications", "account-tab-notifications"),
    ("/me/calendar", "account-tab-calendar"),
    ("/me/tokens", "account-tab-tokens"),
];

/// Draws the links between the pages of the account.
pub(crate) fn account_tabs(frame: &Frame) -> Markup {
    let page = |(path, key): &(&str, &str)| ((*path).to_owned(), frame.t(key), frame.path == *path);
    tabs(&frame.t("account-title"), &PAGES.iter().map(page).collect::<Vec<_>>())
}

/// The form of the own profile.
#[derive(Clone)]
struct ProfilePage;

/// The own profile as the page shows it.
struct Profile {
    name: String,
    language: Lang,
    email: String,
    institution: Option<String>,
    /// The roles in words.
    roles: Vec<String>,
}

crate::nothing_restricted!(Profile);

/// The fields of the own profile that a person may change.
#[derive(Debug, Clone, deserr::Deserr, serde::Serialize)]
#[deserr(error = Faults, deny_unknown_fields)]
struct ProfileInput {
    name: String,
    language: Lang,
}

impl ProfileInput {
    fn into_me(self) -> MeInput {
        MeInput { name: self.name, language: self.language, password: None, current_password: None }
    }
}

impl Input for ProfileInput {
    fn check(&self, faults: &mut Faults) {
        faults.line("/name", &self.name, 200);
    }
}

impl FormPage for ProfilePage {
    type Record = Profile;
    type Input = ProfileInput;

    fn load(&self, conn: &mut Db, actor: &Actor, now: Instant) -> Result<Profile> {
        let held: Vec<GrantInput> = actor.grants.iter().map(Grant::input).collect();
        let context = store::grant_context(conn, actor, &held, actor.institution_id, now)?;
        let institution = actor.institution_id.and_then(|id| context.institutions.get(&id));
        Ok(Profile {
            name: actor.name.clone(),
            language: actor.language,
            email: actor.email.clone(),
            institution: institution.map(|one| one.name.clone()),
            roles: actor.grants.iter().map(|grant| grants::describe(actor.language, grant, &context)).collect(),
        })
    }

    fn fields(&self, record: &Profile) -> Fields {
        Fields::default().with("name", &record.name).with("language", record.language.as_str())
    }

    fn save(&self, tx: &mut Tx<'_>, actor: &Actor, _: Profile, input: ProfileInput) -> Result<String> {
        users::change_me(tx, actor, input.into_me(), None)?;
        Ok("/me?done=account-saved".to_owned())
    }

    fn view(&self, frame: &Frame, form: &FormView, record: &Profile) -> View {
        let body = html! {
            (account_tabs(frame))
            div class="columns" {
                div { (profile_form(frame, form)) }
                aside { (panel(&frame.t("account-access"), None, access(frame, record))) }
            }
        };
        View::new(frame.t("account-title"), body).lead(html! { (record.email) })
    }
}

fn profile_form(frame: &Frame, form: &FormView) -> Markup {
    let language = |lang: Lang, key: &str| Choice::new(lang.as_str(), frame.t(key));
    let languages = [language(Lang::Es, "account-language-es"), language(Lang::En, "account-language-en")];
    html! {
        form method="post" action="/me" {
            (form.begin(frame))
            (Field::new(frame, form, "name", frame.t("account-name")).required().max(200).completed("text", "name"))
            (Field::new(frame, form, "language", frame.t("account-language")).required()
                .hint(frame.t("account-language-hint")).radios(&languages))
            (actions(&frame.t("account-save"), None))
        }
    }
}

/// Draws institution and roles, which others give.
fn access(frame: &Frame, record: &Profile) -> Markup {
    let institution = record.institution.clone().unwrap_or_else(|| frame.t("account-no-institution"));
    let roles = html! {
        @match record.roles.as_slice() {
            [] => { (frame.t("account-no-roles")) },
            [only] => { (only) },
            several => { ul { @for role in several { li { (role) } } } },
        }
    };
    html! {
        (facts(&[
            (frame.t("account-institution"), html! { (institution) }),
            (frame.t("account-roles"), roles),
        ]))
        p class="small" { (frame.t("account-access-about")) }
    }
}

/// The own account
///
/// Permissions: anyone signed in.
#[get("/me")]
pub(crate) async fn show(visitor: Visitor) -> Result<HttpResponse> {
    visitor.form(ProfilePage).await
}

/// Change the own name and language
///
/// Permissions: anyone signed in.
#[post("/me")]
pub(crate) async fn save(submission: Submission) -> Result<HttpResponse> {
    submission.handle(ProfilePage).await
}

/// Change the own language, from the head of any page
///
/// Permissions: anyone signed in.
#[post("/me/language")]
pub(crate) async fn choose_language(visitor: Visitor, request: HttpRequest, payload: Payload) -> Result<HttpResponse> {
    let fields = Form::receive_short(&request, payload).await?.fields;
    let language: Lang = fields.get("language").and_then(|code| code.parse().ok()).ok_or(Code::Malformed)?;
    let change = move |tx: &mut Tx<'_>, actor: &Actor| {
        let input = ProfileInput { name: actor.name.clone(), language };
        users::change_me(tx, actor, input.into_me(), None)
    };
    visitor.write(change).await?;
    Ok(see_other(&own_path(fields.get("next"))))
}

/// The account, for those who come back to this address after signing in
///
/// Permissions: anyone signed in.
#[get("/me/language")]
pub(crate) async fn leave_language(_visitor: Visitor) -> HttpResponse {
    see_other("/me")
}

/// Keep the text of a form while it is written
///
/// Nothing but the text changes: it is shown to its author alone, when the page is opened again.
///
/// Permissions: anyone signed in.
#[post("/me/drafts")]
pub(crate) async fn save_draft(visitor: Visitor, request: HttpRequest, payload: Payload) -> Result<HttpResponse> {
    let fields = Form::receive_fields(&request, payload, drafts::LONGEST_FORM).await?.fields;
    let page = fields.get("page").filter(|page| page.starts_with('/')).map(str::to_owned);
    let page = page.ok_or_else(|| Error::from(Code::Malformed))?;
    visitor.write(move |tx, actor| drafts::save(tx, actor.id, &page, &fields)).await?;
    Ok(HttpResponse::NoContent().finish())
}
