//! The timing of the notifications of a person: at once, in the mail of the day, in the summary of the week, or not
//! at all.
//! Convocations and their changes are always mailed at once; invitations, passwords and reminders of overdue parts are
//! no events and cannot be turned off.

use deserr::Deserr;
use serde::Serialize;
use utoipa::ToSchema;

use super::events::Event;
use crate::audit;
use crate::db::{Db, Tx, UserId};
use crate::error::{ByKey, Faults, Result, escaped};
use crate::http::Input;
use crate::identity::Actor;

pub(crate) use api::routes;
pub(super) use store::of_event;

crate::text_enum! {
    /// The time at which a person is notified of an event.
    Timing {
        /// By a mail at once.
        Immediate = "immediate",
        /// In the reminder mail of the day.
        Daily = "daily",
        /// In the summary of the week.
        Weekly = "weekly",
        /// Not at all.
        Off = "off",
    }
}

/// The timing of each event for a person. Events that are left out are mailed at once.
#[derive(Debug, Clone, PartialEq, Eq, Deserr, Serialize, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
pub(crate) struct NotificationPreferences {
    /// The code of each event with its timing. Convocations and their changes are always `immediate`.
    #[schema(
        value_type = BTreeMap<String, Timing>,
        examples(json!({"completion_review": "daily", "minutes_commented": "weekly"}))
    )]
    pub events: ByKey<Timing>,
}

impl Input for NotificationPreferences {
    fn check(&self, faults: &mut Faults) {
        for (code, timing) in &self.events.0 {
            let pointer = format!("/events/{}", escaped(code));
            match code.parse::<Event>() {
                Err(()) => faults.add(pointer, "unknown_field"),
                Ok(event) if !event.is_optional() && *timing != Timing::Immediate => {
                    faults.add(pointer, "always_immediate");
                }
                Ok(_) => {}
            }
        }
    }
}

crate::nothing_restricted!(NotificationPreferences);

/// Returns the timing of every event for a person.
pub(super) fn of_person(conn: &mut Db, person: UserId) -> Result<NotificationPreferences> {
    let chosen = store::of_person(conn, person)?;
    let timing = |event: &Event| chosen.get(event).copied().unwrap_or(Timing::Immediate);
    let events = Event::ALL.iter().map(|event| (event.as_str().to_owned(), timing(event))).collect();
    Ok(NotificationPreferences { events: ByKey(events) })
}

/// Returns the events of which a person is not notified at once, with the timing that the person chose.
pub(crate) fn chosen_timings(conn: &mut Db, person: UserId) -> Result<Vec<(Event, Timing)>> {
    let mut chosen: Vec<(Event, Timing)> = store::of_person(conn, person)?.into_iter().collect();
    chosen.retain(|(_, timing)| *timing != Timing::Immediate);
    chosen.sort_by_key(|(event, _)| event.as_str());
    Ok(chosen)
}

/// Replaces the preferences of the person who acts.
pub(super) fn set(tx: &mut Tx<'_>, actor: &Actor, wanted: &NotificationPreferences) -> Result<NotificationPreferences> {
    let before = of_person(tx.conn, actor.id)?;
    let chosen = wanted.events.0.iter().filter_map(|(code, timing)| Some((code.parse().ok()?, *timing)));
    store::replace(tx.conn, actor.id, &chosen.filter(|(_, timing)| *timing != Timing::Immediate).collect::<Vec<_>>())?;
    let after = of_person(tx.conn, actor.id)?;
    if before != after {
        audit::updated(tx, "notification_preferences", actor.id, None, &before, &after)?;
    }
    Ok(after)
}

mod store {
    use std::collections::HashMap;

    use diesel::prelude::*;

    use super::{Event, Timing};
    use crate::db::schema::notification_preferences as preferences;
    use crate::db::{Db, UserId};
    use crate::error::Result;

    pub(super) fn of_person(conn: &mut Db, person: UserId) -> Result<HashMap<Event, Timing>> {
        let rows: Vec<(Event, Timing)> = preferences::table
            .filter(preferences::user_id.eq(person))
            .select((preferences::event, preferences::timing))
            .load(conn)?;
        Ok(rows.into_iter().collect())
    }

    /// Returns the timing that these people chose for an event; people without a choice are left out.
    pub(crate) fn of_event(conn: &mut Db, people: &[UserId], event: Event) -> Result<HashMap<UserId, Timing>> {
        if people.is_empty() {
            return Ok(HashMap::new());
        }
        let rows: Vec<(UserId, Timing)> = preferences::table
            .filter(preferences::user_id.eq_any(people))
            .filter(preferences::event.eq(event))
            .select((preferences::user_id, preferences::timing))
            .load(conn)?;
        Ok(rows.into_iter().collect())
    }

    pub(super) fn replace(conn: &mut Db, person: UserId, chosen: &[(Event, Timing)]) -> Result<()> {
        diesel::delete(preferences::table.filter(preferences::user_id.eq(person))).execute(conn)?;
        let row = |(event, timing): &(Event, Timing)| {
            (preferences::user_id.eq(person), preferences::event.eq(*event), preferences::timing.eq(*timing))
        };
        crate::insert_all!(conn, preferences::table, &chosen.iter().map(row).collect::<Vec<_>>())
    }
}

mod api {
    use actix_web::{HttpResponse, get, put};

    use super::*;
    use crate::http::Body;
    use crate::identity::Caller;

    pub(crate) fn routes(cfg: &mut crate::http::Routes<'_>) {
        cfg.service(show).service(replace);
    }

    /// Show one's notification preferences
    ///
    /// Lists every event with its timing; `immediate` unless it was changed.
    ///
    /// Permissions: anyone signed in.
    #[utoipa::path(tag = "users", responses((status = 200, description = "The timing of every event", body = NotificationPreferences)))]
    #[get("/api/v1/me/notifications")]
    pub(crate) async fn show(caller: Caller) -> Result<HttpResponse> {
        caller.show(|conn, actor| of_person(conn, actor.id)).await
    }

    /// Set one's notification preferences
    ///
    /// Replaces all of them: events that are left out are mailed at once. `daily` events join the reminder mail of the
    /// day, `weekly` ones the summary of the week, `off` ones are not sent. Convocations, invitations, passwords and
    /// overdue reminders cannot be turned off.
    ///
    /// Permissions: anyone signed in.
    #[utoipa::path(tag = "users", request_body = NotificationPreferences, responses((status = 200, description = "The timing of every event", body = NotificationPreferences)))]
    #[put("/api/v1/me/notifications")]
    pub(crate) async fn replace(caller: Caller, body: Body<NotificationPreferences>) -> Result<HttpResponse> {
        let load = |tx: &mut Tx<'_>, actor: &Actor| of_person(tx.conn, actor.id);
        caller.put(body, load, |tx, actor, wanted| set(tx, actor, &wanted)).await
    }
}
