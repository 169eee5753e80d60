//! The facts that explain why an address gets no mail: its account, its roles, its preferences, and what failed.

use maud::{Markup, html};

use super::words::kind_of;
use crate::access::Visibility;
use crate::db::{Db, InstitutionId, unique};
use crate::directory::institutions_by_id;
use crate::error::Result;
use crate::http::Paging;
use crate::identity::{Actor, Role, User, find_visible_at};
use crate::mail::DeliveryStatus;
use crate::notifications::{Event, Timing, chosen_timings};
use crate::reminders::store::{self, Filter};
use crate::ui::{Frame, Tone, notice, panel};

/// An address with the facts known about it.
pub(super) struct Addressee {
    address: String,
    /// The person with the address, if the reader may see the person.
    person: Option<User>,
    /// The institutions that the person represents, with their names.
    represented: Vec<(InstitutionId, String)>,
    /// The events of which the person is not notified at once.
    timings: Vec<(Event, Timing)>,
    /// The number of mails that failed, that wait, and that were not sent because they had no content left.
    failed: i64,
    waiting: i64,
    dropped: i64,
    /// True when a mail failed and none has arrived since.
    is_bouncing: bool,
}

/// Loads what the reader may know about an address: a constant number of statements.
pub(super) fn of(conn: &mut Db, actor: &Actor, address: &str) -> Result<Addressee> {
    let person = find_visible_at(conn, actor, address)?;
    let timings = match &person {
        Some(person) => chosen_timings(conn, person.id)?,
        None => Vec::new(),
    };
    let grants = person.iter().flat_map(|person| &person.grants);
    let held = grants.filter(|grant| grant.role == Role::Representative).filter_map(|grant| grant.institution_id);
    let mut names = institutions_by_id(conn, &unique(held.clone()))?;
    let represented = unique(held).into_iter().filter_map(|id| Some((id, names.remove(&id)?.fields.name))).collect();
    let visibility = Visibility::writable_by(actor);
    let mut count = |status: Option<DeliveryStatus>, bouncing: bool| -> Result<i64> {
        let address = Some(address.to_owned());
        let filter = Filter { status, kind: None, day: None, commission_id: None, address, bouncing };
        let paging = Paging::read(Some(1), None)?.counting(Some(true));
        Ok(store::list(conn, &visibility, &filter, &paging)?.total.unwrap_or_default())
    };
    Ok(Addressee {
        address: address.to_owned(),
        failed: count(Some(DeliveryStatus::Failed), false)?,
        waiting: count(Some(DeliveryStatus::Queued), false)?,
        dropped: count(Some(DeliveryStatus::Dropped), false)?,
        is_bouncing: count(None, true)? > 0,
        person,
        represented,
        timings,
    })
}

/// Draws the facts, each as a sentence.
pub(super) fn draw(frame: &Frame, of: &Addressee) -> Markup {
    let content = html! {
        @if of.is_bouncing { (notice(Tone::Overdue, html! { p { (frame.t("deliveries-why-bouncing")) } })) }
        ul class="prose" {
            @for (sentence, link) in sentences(frame, of) {
                li { (sentence) @if let Some((path, text)) = link { " " a href=(path) { (text) } } }
            }
        }
        details {
            summary { (frame.t("deliveries-why-rules")) }
            ul class="prose" { @for n in 1..=5 { li { (frame.t(&format!("deliveries-rule-{n}"))) } } }
        }
    };
    let title = frame.t_with("deliveries-why", &[("address", of.address.as_str().into())]);
    panel(&title, None, content)
}

/// A sentence, with the address and the text of the link that follows it.
type LinkedSentence = (String, Option<(String, String)>);

fn sentences(frame: &Frame, of: &Addressee) -> Vec<LinkedSentence> {
    let mut all = of_person(frame, of);
    let mut say = |sentence: String| all.push((sentence, None));
    for timing in [Timing::Daily, Timing::Weekly, Timing::Off] {
        let chosen = of.timings.iter().filter(|(_, own)| *own == timing);
        let events: Vec<String> = chosen.map(|(event, _)| frame.quoted(&kind_of(frame, event.as_str()))).collect();
        if !events.is_empty() {
            say(frame.t_with(&format!("deliveries-why-{timing}"), &[("events", events.join(", ").into())]));
        }
    }
    let counted = [("failed", of.failed), ("waiting", of.waiting), ("dropped", of.dropped)];
    for (name, n) in counted.iter().filter(|(_, n)| *n > 0) {
        say(frame.t_n(&format!("deliveries-why-{name}"), *n));
    }
    all
}

/// Tells of the account of the address, with links to the account and to the institutions that it represents.
fn of_person(frame: &Frame, of: &Addressee) -> Vec<LinkedSentence> {
    let Some(person) = &of.person else { return vec![(frame.t("deliveries-why-no-account"), None)] };
    let account = frame.t_with("deliveries-why-account", &[("name", person.name.as_str().into())]);
    let mut all = vec![(account, Some((format!("/people/{}", person.id), frame.t("deliveries-why-see-account"))))];
    if person.disabled {
        all.push((frame.t("deliveries-why-disabled"), None));
    }
    if person.grants.is_empty() {
        all.push((frame.t("deliveries-why-no-grants"), None));
    }
    for (id, name) in &of.represented {
        let sentence = frame.t_with("deliveries-why-representative", &[("institution", name.as_str().into())]);
        all.push((sentence, Some((format!("/institutions/{id}"), frame.t("deliveries-why-see-delegates")))));
    }
    all
}
