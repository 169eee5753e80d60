//! `/settings`: the settings that are in force, for admins. Secrets are never shown.

use actix_web::web::ServiceConfig;
use actix_web::{HttpResponse, get};
use chrono::TimeDelta;
use maud::{Markup, html};
use url::Url;

use crate::config::Config;
use crate::db::Db;
use crate::error::{Code, Result};
use crate::http::RateLimits;
use crate::identity::{Actor, Visitor};
use crate::ui::{Frame, Tone, View, button_link, notice, panel};

/// Mounts the page.
pub(in crate::app) fn pages(cfg: &mut ServiceConfig) {
    cfg.service(show);
}

/// The settings that are in force
///
/// Permissions: admin. A 404 for others.
#[get("/settings")]
pub(crate) async fn show(visitor: Visitor) -> Result<HttpResponse> {
    let (config, limits) = (visitor.state.config.clone(), visitor.state.limits.clone());
    let read = |_: &mut Db, actor: &Actor| if actor.is_admin() { Ok(()) } else { Err(Code::NotFound.into()) };
    visitor.page(read, move |frame, ()| view(frame, &config, &limits)).await
}

/// A setting: the key of its name, its value, and the variable that sets it.
type Row = (&'static str, String, &'static str);

fn view(frame: &Frame, config: &Config, limits: &RateLimits) -> View {
    let body = html! {
        @if config.is_unencrypted() { (notice(Tone::Overdue, html! { p { (frame.t("settings-unencrypted")) } })) }
        (group(frame, "settings-brand", &brand(frame, config)))
        (group(frame, "settings-mail", &mail(frame, config)))
        (group(frame, "settings-storage", &storage(frame, config)))
        (group(frame, "settings-access", &access(frame, config)))
        (group(frame, "settings-limits", &limits_of(frame, config, limits)))
    };
    View::new(frame.t("settings-page"), body).lead(html! { (frame.t("settings-lead")) }).actions(button_link(
        "/former-names",
        &frame.t("former-names-page"),
        false,
    ))
}

fn group(frame: &Frame, title: &str, rows: &[Row]) -> Markup {
    let content = html! {
        dl class="facts" {
            @for (key, value, variable) in rows {
                div {
                    dt { (frame.t(key)) }
                    dd {
                        (value)
                        @if !variable.is_empty() { br; span class="small" { code { (variable) } } }
                    }
                }
            }
        }
    };
    panel(&frame.t(title), None, content)
}

fn brand(frame: &Frame, config: &Config) -> Vec<Row> {
    let brand = &config.brand;
    let none = || frame.t("settings-none");
    let logo = brand.logo.as_ref().map(|logo| format!("{} × {} px", logo.width, logo.height));
    let contact = brand.contact.as_ref().map(|contact| match &contact.address {
        Some(address) if *address != contact.name => format!("{}, {address}", contact.name),
        _ => contact.name.clone(),
    });
    vec![
        ("settings-name", brand.name.clone(), "ARTICULA_BRAND_NAME"),
        ("settings-logo", logo.unwrap_or_else(none), "ARTICULA_BRAND_LOGO"),
        (
            "settings-color",
            brand.color.map_or_else(none, |color| format!("#{}", color.digits())),
            "ARTICULA_BRAND_COLOR",
        ),
        ("settings-contact", contact.unwrap_or_else(none), "ARTICULA_CONTACT"),
        ("settings-public-url", config.public_url.clone(), "ARTICULA_PUBLIC_URL"),
        ("settings-version", env!("CARGO_PKG_VERSION").to_owned(), ""),
    ]
}

fn mail(frame: &Frame, config: &Config) -> Vec<Row> {
    vec![
        ("settings-mail-url", without_secrets(&config.mail_url), "ARTICULA_MAIL_URL"),
        ("settings-mail-from", config.mail_from.clone(), "ARTICULA_MAIL_FROM"),
        ("settings-mail-connections", config.mail_connections.to_string(), "ARTICULA_MAIL_CONNECTIONS"),
        ("settings-keep-deliveries", time(frame, config.keep_deliveries), "ARTICULA_KEEP_DELIVERIES"),
    ]
}

fn storage(frame: &Frame, config: &Config) -> Vec<Row> {
    let wait = TimeDelta::from_std(config.write_wait).unwrap_or_default();
    vec![
        ("settings-database", without_secrets(&config.database_url), "ARTICULA_DATABASE_URL"),
        ("settings-migrate", frame.t(yes_or_no(config.auto_migrate)), "ARTICULA_AUTO_MIGRATE"),
        ("settings-write-wait", time(frame, wait), "ARTICULA_WRITE_WAIT"),
        ("settings-files", without_secrets(&config.files_url), "ARTICULA_FILES_URL"),
    ]
}

fn access(frame: &Frame, config: &Config) -> Vec<Row> {
    let none = || frame.t("settings-none");
    let proxies: Vec<String> = config.trusted_proxies.iter().map(ToString::to_string).collect();
    let proxies = if proxies.is_empty() { none() } else { proxies.join(", ") };
    let metrics = config.metrics_listen.map_or_else(none, |address| address.to_string());
    let token = if config.metrics_token.is_some() { "settings-set" } else { "settings-none" };
    vec![
        ("settings-session-idle", time(frame, config.session_idle), "ARTICULA_SESSION_IDLE"),
        ("settings-session-longest", time(frame, config.session_longest), "ARTICULA_SESSION_LONGEST"),
        ("settings-second-factor-roles", roles(frame, config), "ARTICULA_REQUIRE_SECOND_FACTOR"),
        ("settings-public-view", frame.t(yes_or_no(config.public_view)), "ARTICULA_PUBLIC"),
        ("settings-listen", config.listen.to_string(), "ARTICULA_LISTEN"),
        ("settings-proxies", proxies, "ARTICULA_TRUSTED_PROXIES"),
        ("settings-metrics", metrics, "ARTICULA_METRICS_LISTEN"),
        ("settings-metrics-token", frame.t(token), "ARTICULA_METRICS_TOKEN"),
        ("settings-secret", frame.t("settings-set"), "ARTICULA_JWT_SECRET"),
    ]
}

fn roles(frame: &Frame, config: &Config) -> String {
    let words: Vec<String> = config.second_factor_roles.iter().map(|role| frame.word("people-role", role)).collect();
    if words.is_empty() { frame.t("settings-no-roles") } else { words.join(", ") }
}

fn limits_of(frame: &Frame, config: &Config, limits: &RateLimits) -> Vec<Row> {
    let each = |most: u32| frame.t_n("settings-each-ten-minutes", most);
    vec![
        ("settings-quota-files", config.quota_files.to_string(), "ARTICULA_QUOTA_FILES"),
        ("settings-documents", each(limits.documents.most()), ""),
        ("settings-imports", each(limits.imports.most()), ""),
    ]
}

const fn yes_or_no(is_so: bool) -> &'static str {
    if is_so { "settings-yes" } else { "settings-no" }
}

/// Returns a duration in words, in the largest unit that divides it exactly.
fn time(frame: &Frame, length: TimeDelta) -> String {
    let seconds = length.num_seconds();
    match seconds {
        0 => format!("{} ms", length.num_milliseconds()),
        _ if seconds % 86_400 == 0 => frame.t_n("settings-days", seconds / 86_400),
        _ if seconds % 3600 == 0 => frame.t_n("settings-hours", seconds / 3600),
        _ if seconds % 60 == 0 => frame.t_n("settings-minutes", seconds / 60),
        _ => frame.t_n("settings-seconds", seconds),
    }
}

/// Returns an address without the account, the password and the options that may contain secrets.
fn without_secrets(address: &str) -> String {
    let scheme = address.split(':').next().unwrap_or_default();
    if ["sqlite", "file"].contains(&scheme) {
        return address.split('?').next().unwrap_or_default().to_owned();
    }
    let Ok(url) = Url::parse(address) else { return format!("{scheme}:…") };
    let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
    format!("{scheme}://{}{port}{}", url.host_str().unwrap_or_default(), url.path())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_secret_of_an_address_is_shown() {
        for (address, shown) in [
            ("sqlite:var/articula.db", "sqlite:var/articula.db"),
            (
                "postgres://articula:secreto@db.example:5433/articula?sslpassword=x",
                "postgres://db.example:5433/articula",
            ),
            ("smtp://cuenta:clave@mail.example:587?tls=none", "smtp://mail.example:587"),
            ("postgres://%zz:secreto@", "postgres:…"),
        ] {
            assert_eq!(without_secrets(address), shown);
        }
    }
}
