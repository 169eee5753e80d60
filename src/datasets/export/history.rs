//! What happened to a commitment, in the order in which it happened, as far as its fields alone do not tell.

use std::collections::{HashMap, HashSet};

use serde_json::{Value, json};

use crate::commitments::{Commitment, Event, PastEvent, Status, TermCause};
use crate::datasets::book::Names;
use crate::datasets::model::{Act, Fields, Kind};
use crate::db::{AssignmentId, UpdateId};

/// The history of a commitment as a dataset tells it.
#[derive(Default)]
pub struct Told {
    /// The term that it was entered with, where it was corrected later.
    pub first_term: Option<Value>,
    /// The terms of their own that assignments were entered with, where they have changed.
    pub first_terms: HashMap<AssignmentId, Value>,
    /// Reports whose moment of receipt is known; the others came by import.
    pub received: HashSet<UpdateId>,
    /// Reviews whose moment is known.
    pub reviewed: HashSet<UpdateId>,
    /// Empty where reports, each with its review, are all that happened.
    pub history: Vec<Value>,
}

/// The history of a commitment, from its events in their order; `stand` are its reports that were not withdrawn.
pub fn told(names: &Names, commitment: &Commitment, events: &[PastEvent], stand: &HashSet<UpdateId>) -> Told {
    let mut teller = Teller { names, commitment, stand, told: Told::default(), own_terms: HashMap::new(), plain: true };
    for past in events {
        teller.event(past);
    }
    let Teller { mut told, plain, .. } = teller;
    if plain {
        told.history.clear();
    }
    told
}

struct Teller<'a> {
    names: &'a Names,
    commitment: &'a Commitment,
    stand: &'a HashSet<UpdateId>,
    told: Told,
    /// The term of its own that each assignment was entered with.
    own_terms: HashMap<AssignmentId, Option<String>>,
    /// Nothing but imported reports so far.
    plain: bool,
}

impl Teller<'_> {
    fn event(&mut self, past: &PastEvent) {
        match &past.event {
            Event::Created { assignments, .. } => {
                self.own_terms.extend(assignments.iter().map(|one| (one.id, one.term.due.clone())));
            }
            Event::AssignmentAdded(one) => {
                self.own_terms.insert(one.id, one.term.due.clone());
                self.tell(Act::Assigned, past, json!({"at": past.at}));
            }
            Event::Reported { update_id, .. } | Event::Reviewed { update_id, .. }
                if !self.stand.contains(update_id) => {}
            Event::Reported { update_id, imported, .. } => {
                self.plain &= *imported;
                if !imported {
                    self.told.received.insert(*update_id);
                }
                self.keep(Act::Reported, past, json!({"update": self.names.of(Kind::Update, (*update_id).into())}));
            }
            Event::Reviewed { update_id, imported, .. } => {
                self.plain &= *imported;
                if !imported {
                    self.told.reviewed.insert(*update_id);
                }
                self.keep(Act::Reviewed, past, json!({"update": self.names.of(Kind::Update, (*update_id).into())}));
            }
            Event::ExtensionRequested { extension_id, .. } => {
                let key = self.names.of(Kind::Extension, (*extension_id).into());
                self.tell(Act::ExtensionRequested, past, json!({"extension": key}));
            }
            Event::ExtensionDecided { extension_id, .. } => {
                let key = self.names.of(Kind::Extension, (*extension_id).into());
                self.tell(Act::ExtensionDecided, past, json!({"extension": key}));
            }
            Event::Cancelled { reason } => self.tell(Act::Cancelled, past, json!({"at": past.at, "reason": reason})),
            Event::Reopened { reason } => self.tell(Act::Reopened, past, json!({"at": past.at, "reason": reason})),
            Event::Changed { before, after, .. } => self.other_term(past, before, after),
            Event::TermChanged { after, cause, reason, .. } => {
                self.term_changed(past, after.due.as_deref(), *cause, reason.as_deref());
            }
            Event::Restored { progress, .. } => self.restored(past, progress.status),
            Event::AssignmentChanged { .. } | Event::AssignmentRemoved {} => {}
        }
    }

    /// A cancellation that was taken back with its import is not told.
    fn restored(&mut self, past: &PastEvent, status: Status) {
        let Some(part) = past.assignment_id.and_then(|id| self.commitment.assignment(id).ok()) else { return };
        let institution = json!(self.names.of(Kind::Institution, part.fields.institution_id.into()));
        let cancels = |line: &Value| {
            line.get("act") == Some(&json!(Act::Cancelled)) && line.get("institution") == Some(&institution)
        };
        if status != Status::Cancelled
            && let Some(at) = self.told.history.iter().rposition(cancels)
        {
            self.told.history.remove(at);
        }
    }

    /// The fields of a commitment's term are told by the change, the reason by the event behind it.
    fn other_term(&mut self, past: &PastEvent, before: &Value, after: &Value) {
        if after.get("due").is_none() && after.get("due_rule").is_none() {
            return;
        }
        self.told.first_term.get_or_insert_with(|| Value::Object(term_of(before)));
        let mut fields = term_of(after);
        fields.insert("at".to_owned(), json!(past.at));
        self.tell(Act::TermCorrected, past, Value::Object(fields));
    }

    fn term_changed(&mut self, past: &PastEvent, due: Option<&str>, cause: TermCause, reason: Option<&str>) {
        let Some(id) = past.assignment_id else {
            if let (Some(Value::Object(last)), Some(reason)) = (self.told.history.last_mut(), reason) {
                last.insert("reason".to_owned(), json!(reason));
            }
            return;
        };
        let first = self.own_terms.get(&id).cloned().flatten();
        let first = first.map_or_else(|| json!({}), |due| json!({"due": due}));
        self.told.first_terms.entry(id).or_insert(first);
        if matches!(cause, TermCause::Entered | TermCause::Correction) {
            let mut fields = Fields::new();
            fields.extend(due.map(|due| ("due".to_owned(), json!(due))));
            fields.insert("at".to_owned(), json!(past.at));
            fields.extend(reason.map(|reason| ("reason".to_owned(), json!(reason))));
            self.tell(Act::TermCorrected, past, Value::Object(fields));
        }
    }

    /// Tells what reports do not.
    fn tell(&mut self, act: Act, past: &PastEvent, particulars: Value) {
        if self.keep(act, past, particulars) {
            self.plain = false;
        }
    }

    /// False for an assignment that was removed: it had no history.
    fn keep(&mut self, act: Act, past: &PastEvent, particulars: Value) -> bool {
        let mut fields = Fields::new();
        fields.insert("act".to_owned(), json!(act));
        if let Some(id) = past.assignment_id {
            let Ok(part) = self.commitment.assignment(id) else { return false };
            let institution = self.names.of(Kind::Institution, part.fields.institution_id.into());
            fields.insert("institution".to_owned(), json!(institution));
        }
        if let Value::Object(particulars) = particulars {
            fields.extend(particulars);
        }
        self.told.history.push(Value::Object(fields));
        true
    }
}

/// The fields of a commitment's term.
fn term_of(fields: &Value) -> Fields {
    let stated = ["due", "due_rule"].into_iter().filter_map(|name| Some((name, fields.get(name)?)));
    stated.filter(|(_, value)| !value.is_null()).map(|(name, value)| (name.to_owned(), value.clone())).collect()
}
