//! `/me/password`: a new password for the own account.

use actix_web::web::Payload;
use actix_web::{HttpRequest, HttpResponse, get, post};
use maud::html;

use super::account::account_tabs;
use super::refusal::{is_of_form, refused_form, send_refused};
use super::sign_in::signed_in;
use super::visitor::Visitor;
use crate::db::Tx;
use crate::error::{Code, Faults, Result};
use crate::http::{Fields, Form};
use crate::identity::actor::Actor;
use crate::identity::api::{check_current_password, client_of, hash_password};
use crate::identity::login_sessions;
use crate::identity::one_time_tokens::set_password;
use crate::identity::passwords::check_password;
use crate::identity::store::login_sessions as sessions;
use crate::ui::{Field, FormView, Frame, View, actions};

/// The form for a new password
///
/// Permissions: anyone signed in.
#[get("/me/password")]
pub(crate) async fn show(visitor: Visitor) -> Result<HttpResponse> {
    visitor.page(|_, _| Ok(()), |frame, ()| page(frame, &FormView::default())).await
}

/// Choose a new password
///
/// Every session ends, as with the API; this browser goes on with a new one.
///
/// Permissions: anyone signed in, with the present password.
#[post("/me/password")]
pub(crate) async fn change(visitor: Visitor, request: HttpRequest, payload: Payload) -> Result<HttpResponse> {
    let fields = Form::receive_short(&request, payload).await?.fields;
    let take = |name: &str| fields.get(name).unwrap_or_default().to_owned();
    let error = match replace(&visitor, &request, take("current_password"), take("password")).await {
        Ok(cookie) => return signed_in(&visitor.state, "/me?done=password-changed", cookie),
        Err(error) if is_of_form(&error) => error,
        Err(error) => return Err(error),
    };
    let (frame, ()) = visitor.framed(|_, _| Ok(())).await?;
    let form = refused_form(&error, Fields::default(), frame.lang);
    Ok(send_refused(&frame, page(&frame, &form), &error))
}

/// Sets the password; returns the token of the browser's new session.
async fn replace(visitor: &Visitor, request: &HttpRequest, current: String, password: String) -> Result<String> {
    let mut faults = Faults::default();
    faults.secret("/current_password", &current, 1000);
    check_password(&mut faults, "/password", &password);
    faults.into_result()?;
    let email = visitor.read_unshown(|_, actor| Ok(actor.email.clone())).await?;
    visitor.state.call(move |state| check_current_password(state, &email, &current)).await?;
    let hash = hash_password(Some(password)).await?.unwrap_or_default();
    let (client, longest) = (client_of(request).name, visitor.state.config.session_longest);
    let session = visitor.session();
    let act = move |tx: &mut Tx<'_>, actor: &Actor| {
        let began = sessions::began_at(tx.conn, session)?.ok_or(Code::InvalidToken)?;
        set_password(tx, actor.id, &hash)?;
        login_sessions::replace_in_browser(tx, (actor.id, began), client.clone(), longest)
    };
    visitor.write(act).await
}

fn page(frame: &Frame, form: &FormView) -> View {
    let body = html! {
        (account_tabs(frame))
        p class="prose" { (frame.t("account-password-about")) }
        form method="post" action="/me/password" {
            (form.begin(frame))
            (Field::new(frame, form, "current_password", frame.t("account-current-password")).required()
                .password("current-password"))
            (Field::new(frame, form, "password", frame.t("account-new-password")).required()
                .hint(frame.t("account-password-hint")).password("new-password"))
            (actions(&frame.t("account-password-submit"), None))
        }
    };
    View::new(frame.t("account-password-title"), body).above("/me", frame.t("account-title"))
}
