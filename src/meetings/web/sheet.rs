//! The fields of a meeting, for the pages that make a new one and change one.

use chrono_tz::Tz;
use maud::{Markup, html};

use super::super::model::{MeetingCall, MeetingKind, MeetingStatus, Modality};
use super::local_time::{read_local_times, written};
use super::{choice, only_fault};
use crate::access::CommissionRef;
use crate::clock::Instant;
use crate::db::CommissionId;
use crate::error::Faults;
use crate::http::{Fields, Shape};
use crate::i18n::zone_time;
use crate::ui::{Choice, Field, FormView, Frame};

/// The fields that are days with a time.
const TIMES: [&str; 4] = ["starts_at", "ends_at", "started_at", "ended_at"];

pub(super) const SHAPE: Shape = Shape {
    lists: &["commission_ids"],
    numbers: &["ordinal"],
    flags: &["restricted"],
    dates: &["held"],
    rows: &[],
    ignored: &[],
};

/// The commissions that the form offers.
#[derive(Debug, Clone)]
pub(super) struct Offered {
    pub commissions: Vec<CommissionRef>,
    /// Those that the reader may write for; the secretariats of the others are notified.
    pub own: Vec<CommissionId>,
    /// The time zone of the record; None when it is that of the first commission of the form.
    pub zone: Option<Tz>,
}

impl Offered {
    /// Returns the time zone in which times are read: that of the record, else of the first commission that is marked.
    pub(super) fn zone_of(&self, fields: &Fields) -> Tz {
        let marked = fields.get("commission_ids").and_then(|id| id.parse::<CommissionId>().ok());
        let marked = marked.and_then(|id| self.commissions.iter().find(|one| one.id == id));
        self.zone.or(marked.map(|one| one.zone)).or_else(|| self.common_zone()).unwrap_or(Tz::UTC)
    }

    fn common_zone(&self) -> Option<Tz> {
        let first = self.commissions.first()?.zone;
        self.commissions.iter().all(|one| one.zone == first).then_some(first)
    }

    fn hint(&self, frame: &Frame) -> String {
        match self.zone.or_else(|| self.common_zone()) {
            Some(zone) => frame.t_with("meetings-time-hint", &[("zone", zone_time(frame.lang, zone).into())]),
            None => frame.t("meetings-time-hint-first"),
        }
    }

    fn country(&self) -> &str {
        self.commissions.first().map_or("", |one| one.country_code.as_str())
    }

    /// Returns true if a commission is listed first: the reader's own, and those that are marked.
    fn is_first(&self, form: &FormView, one: &CommissionRef) -> bool {
        self.own.contains(&one.id) || form.has("commission_ids", &one.id.to_string())
    }
}

/// Writes the moments of a record as times of its zone.
pub(super) fn with_local_times(mut fields: Fields, zone: Tz) -> Fields {
    for name in TIMES {
        if let Some(at) = fields.get(name).and_then(Instant::parse) {
            fields.set(name, written(at, zone));
        }
    }
    fields
}

/// Reads the times of the form.
pub(super) fn read_times(offered: &Offered, fields: &mut Fields, faults: &mut Faults) {
    let zone = offered.zone_of(fields);
    let is_empty = |fields: &Fields, name: &str| fields.get(name).is_none_or(|typed| typed.trim().is_empty());
    if is_empty(fields, "starts_at") && is_empty(fields, "held") {
        only_fault(faults, "/starts_at", "no_date");
    }
    read_local_times(fields, &TIMES, zone, faults);
    if faults.is_unread("/starts_at") {
        // A placeholder: the fault above is the only one, and nothing is saved.
        fields.remove("ends_at");
        if is_empty(fields, "held") {
            fields.set("held", "2000");
        }
    }
}

/// Draws the fields.
pub(super) fn fields(frame: &Frame, form: &FormView, offered: &Offered, ordinal_hint: Option<String>) -> Markup {
    let field = |name: &'static str, key: &str| Field::new(frame, form, name, frame.t(key));
    let kinds: Vec<Choice> = MeetingKind::ALL.iter().map(|kind| choice(frame, "meeting-kind", kind.as_str())).collect();
    let ways: Vec<Choice> = Modality::ALL.iter().map(|way| choice(frame, "meeting-modality", way.as_str())).collect();
    let ordinal = field("ordinal", "meetings-ordinal");
    html! {
        (commissions(frame, form, offered))
        div class="fields" {
            (field("kind", "meetings-kind").required().select(None, &kinds))
            (match ordinal_hint { Some(hint) => ordinal.hint(hint), None => ordinal }.number())
        }
        (field("title", "meetings-field-title").hint(frame.t("meetings-field-title-hint")).required().max(500).text())
        div class="fields" {
            (field("starts_at", "meetings-starts-at").hint(offered.hint(frame)).day_and_time())
            (field("ends_at", "meetings-ends-at").day_and_time())
        }
        (field("held", "meetings-held").hint(frame.t("meetings-held-hint")).date(offered.country()))
        (field("modality", "meetings-modality").select(Some(&frame.t("meetings-not-stated")), &ways))
        (field("place", "meetings-place").max(500).text())
        (field("url", "meetings-url").hint(frame.t("meetings-url-hint")).max(2000).text())
        (field("restricted", "meetings-field-restricted").hint(frame.t("meetings-field-restricted-hint")).check())
        (field("note", "web-note").hint(frame.t("web-note-hint")).max(4000).area(2))
    }
}

/// The number of commissions of others that are shown without folding them.
const MOST_OPEN: usize = 4;

/// Draws the commissions as check boxes of one name: the reader's own and those that are marked, then the others of the
/// country, folded away when they are many.
fn commissions(frame: &Frame, form: &FormView, offered: &Offered) -> Markup {
    let faults = form.faults_of("commission_ids");
    let (first, others): (Vec<_>, Vec<_>) =
        offered.commissions.iter().enumerate().partition(|(_, one)| offered.is_first(form, one));
    let rest = html! {
        p class="hint" { (frame.t("meetings-commissions-of-others")) }
        @for (n, one) in &others { (commission(form, *n, one)) }
    };
    let describedby =
        if faults.is_empty() { "commission_ids-hint" } else { "commission_ids-hint commission_ids-fault" };
    html! {
        @let class = if faults.is_empty() { "field group" } else { "field group faulty" };
        fieldset class=(class) aria-describedby=(describedby) {
            legend { (frame.t("meetings-commissions")) }
            p class="hint" id="commission_ids-hint" { (frame.t("meetings-commissions-hint")) }
            @if !faults.is_empty() {
                p class="fault" id="commission_ids-fault" {
                    span class="unseen" { (frame.t("web-error-prefix")) } @for fault in &faults { (fault) " " }
                }
            }
            @if let Some(stored) = form.stored_by_others("commission_ids") {
                p class="stored" { (frame.t("web-stored-now")) " " q { (names_of(offered, &stored)) } }
            }
            @for (n, one) in &first { (commission(form, *n, one)) }
            @if others.len() > MOST_OPEN {
                details class="more" { summary { (frame.t("meetings-joint")) } div { (rest) } }
            } @else if !others.is_empty() { (rest) }
        }
    }
}

/// Draws the check box of one commission.
fn commission(form: &FormView, n: usize, one: &CommissionRef) -> Markup {
    let id = if n == 0 { "commission_ids".to_owned() } else { format!("commission_ids-{n}") };
    html! {
        div class="choice" {
            input type="checkbox" id=(id) name="commission_ids" value=(one.id)
                checked[form.has("commission_ids", &one.id.to_string())];
            label for=(id) {
                @if let Some(acronym) = &one.acronym { (acronym) ": " }
                (one.name)
            }
        }
    }
}

/// Returns the labels of the commissions of a list of ids.
fn names_of(offered: &Offered, ids: &str) -> String {
    let named = offered.commissions.iter().filter(|one| ids.contains(&one.id.to_string()));
    named.map(|one| one.label().to_owned()).collect::<Vec<_>>().join(", ")
}

/// Draws the fields of a meeting that took place: state, hours, call.
pub(super) fn as_held(frame: &Frame, form: &FormView) -> Markup {
    let field = |name: &'static str, key: &str| Field::new(frame, form, name, frame.t(key));
    let calls: Vec<Choice> =
        MeetingCall::ALL.iter().map(|call| Choice::new(call, frame.word("meetings-call", call.as_str()))).collect();
    // Cancelling has a page of its own, because it mails people.
    let is_cancelled = form.has("status", MeetingStatus::Cancelled.as_str());
    let states = MeetingStatus::ALL.iter().filter(|status| is_cancelled || **status != MeetingStatus::Cancelled);
    let states: Vec<Choice> =
        states.map(|status| Choice::new(status, frame.word("meetings-status", status.as_str()))).collect();
    let has_content = ["started_at", "ended_at", "call"].iter().any(|name| !form.value(name).is_empty());
    html! {
        (field("status", "meetings-status").required().radios(&states))
        details class="more" open[has_content || form.has_faults()] {
            summary { (frame.t("meetings-as-held")) }
            div class="stack" {
                div class="fields" {
                    (field("started_at", "meetings-started-at").day_and_time())
                    (field("ended_at", "meetings-ended-at").day_and_time())
                }
                (field("call", "meetings-call").select(Some(&frame.t("meetings-not-stated")), &calls))
            }
        }
    }
}
