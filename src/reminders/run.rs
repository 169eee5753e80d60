//! Planning, queueing and sending, for the worker and for the command line.

use chrono::{Days, NaiveDate};

use super::actions::{self, KIND, Payload};
use super::digest::letter;
use super::model::{Contact, Digest, When, soonest_first};
use super::store;
use crate::db::{Database, Db};
use crate::error::{Code, Error, Result};
use crate::mail::{Composed, Leased, Mailer, Outcome, Round, send_due};

/// That day after the sending hour, wherever a commission is.
pub fn as_of(db: &Database, day: NaiveDate) -> Result<When> {
    Ok(When::whole_day(day, &db.read(store::zones)?))
}

/// What would go out now.
pub fn due(db: &Database, when: When) -> Result<Vec<Digest>> {
    let day = match when {
        When::Now(now) => now.utc().date_naive().checked_add_days(Days::new(1)).unwrap_or_default(),
        When::Day(day, _) => day,
    };
    Ok(db.snapshot(|conn| store::scene_until(conn, day))?.digests(when))
}

/// What would go out on a day.
pub fn preview(conn: &mut Db, day: NaiveDate) -> Result<Vec<Digest>> {
    let when = When::whole_day(day, &store::zones(conn)?);
    Ok(store::scene_until(conn, day)?.digests(when))
}

/// Queues what is due; answers how many mails that are. Somebody else planning at the same moment does no harm:
/// the ledger takes each step once.
pub fn queue_due(db: &Database, when: When) -> Result<usize> {
    let mut queued = 0;
    for digest in due(db, when)? {
        match db.write(None, when.moment(), |tx| actions::queue(tx, &digest)) {
            Ok(Some(_)) => queued += 1,
            Ok(None) => {}
            Err(error) if error.code == Code::Duplicate => {}
            Err(error) => return Err(error),
        }
    }
    Ok(queued)
}

/// The letter of a queued digest as things stand now: what is no longer open, has another term, or is no longer this
/// person's to hear is left out.
pub fn compose(db: &Database, public_url: &str, when: When, delivery: &Leased) -> Result<Composed> {
    let payload: Payload = serde_json::from_str(&delivery.payload).map_err(Error::internal)?;
    let ids: Vec<_> = payload.entries.iter().map(|entry| entry.assignment_id).collect();
    let scene = db.snapshot(|conn| store::scene_of(conn, &ids))?;
    let to = &delivery.to;
    let contact =
        Contact { address: to.address.clone(), name: to.name.clone(), user_id: to.user_id, language: to.language };
    let still = |entry: &actions::PayloadEntry| {
        let open = scene.open.iter().find(|one| one.assignment_id == entry.assignment_id && one.due == entry.due)?;
        scene.entry(open, when, &contact.key())
    };
    let mut entries: Vec<_> = payload.entries.iter().filter_map(still).collect();
    if entries.is_empty() {
        return Ok(Composed::Nothing);
    }
    soonest_first(&mut entries);
    Ok(Composed::Letter(letter(to.language, to.name.as_deref(), &entries, public_url)))
}

/// One mail and what became of it; no outcome: it would have been sent.
#[derive(Debug, Clone)]
pub struct Line {
    pub address: String,
    pub subject: String,
    pub outcome: Option<Outcome>,
}

/// What a run did. Shown as one line a message and a total.
#[derive(Debug, Clone, Default)]
pub struct Summary {
    pub lines: Vec<Line>,
}

impl Summary {
    pub fn count(&self, of: fn(&Outcome) -> bool) -> usize {
        self.lines.iter().filter(|line| line.outcome.as_ref().is_some_and(of)).count()
    }

    pub fn sent(&self) -> usize {
        self.count(|outcome| *outcome == Outcome::Sent)
    }

    pub fn failed(&self) -> usize {
        self.count(|outcome| matches!(outcome, Outcome::Failed(_)))
    }

    pub fn put_off(&self) -> usize {
        self.count(|outcome| matches!(outcome, Outcome::PutOff(_)))
    }
}

impl std::fmt::Display for Line {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.outcome {
            None => write!(f, "would send\t{}\t{}", self.address, self.subject),
            Some(Outcome::Sent) => write!(f, "sent\t{}\t{}", self.address, self.subject),
            Some(Outcome::PutOff(why)) => write!(f, "put off\t{}\t{}\t{why}", self.address, self.subject),
            Some(Outcome::Failed(why)) => write!(f, "refused\t{}\t{}\t{why}", self.address, self.subject),
            Some(Outcome::Dropped) => write!(f, "dropped\t{}\tnothing is left to say", self.address),
        }
    }
}

impl std::fmt::Display for Summary {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for line in &self.lines {
            writeln!(f, "{line}")?;
        }
        let planned = self.lines.iter().filter(|line| line.outcome.is_none()).count();
        if planned > 0 {
            return write!(f, "{planned} to send");
        }
        write!(f, "{} sent, {} put off, {} refused", self.sent(), self.put_off(), self.failed())
    }
}

/// Plans, queues and sends what is due; a dry run only says what it would send.
pub fn run(db: &Database, mailer: &Mailer, public_url: &str, when: When, dry_run: bool) -> Result<Summary> {
    if dry_run {
        let line = |digest: Digest| {
            let name = digest.to.name.as_deref();
            let subject = letter(digest.to.language, name, &digest.entries, public_url).subject;
            Line { address: digest.to.address, subject, outcome: None }
        };
        return Ok(Summary { lines: due(db, when)?.into_iter().map(line).collect() });
    }
    queue_due(db, when)?;
    let round = Round { db, mailer, now: when.moment(), kind: Some(KIND) };
    let postings = send_due(&round, &|delivery| compose(db, public_url, when, delivery))?;
    let lines = postings
        .into_iter()
        .map(|posting| Line { address: posting.address, subject: posting.subject, outcome: Some(posting.outcome) })
        .collect();
    Ok(Summary { lines })
}
