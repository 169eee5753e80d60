//! What a run did: one line a message, and a total.

use crate::mail::Outcome;

/// One mail and what became of it; no outcome: it would have been sent.
#[derive(Debug, Clone)]
pub struct Line {
    pub address: String,
    pub subject: String,
    pub outcome: Option<Outcome>,
}

/// What a run did.
#[derive(Debug, Clone, Default)]
pub struct Summary {
    pub lines: Vec<Line>,
}

impl Summary {
    fn count(&self, of: fn(&Outcome) -> bool) -> usize {
        self.lines.iter().filter(|line| line.outcome.as_ref().is_some_and(of)).count()
    }

    pub fn sent(&self) -> usize {
        self.count(|outcome| *outcome == Outcome::Sent)
    }

    pub fn failed(&self) -> usize {
        self.count(|outcome| matches!(outcome, Outcome::Failed(_)))
    }

    pub fn put_off(&self) -> usize {
        self.count(|outcome| matches!(outcome, Outcome::PutOff { .. }))
    }
}

impl std::fmt::Display for Line {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.outcome {
            None => write!(f, "would send\t{}\t{}", self.address, self.subject),
            Some(Outcome::Sent) => write!(f, "sent\t{}\t{}", self.address, self.subject),
            Some(Outcome::PutOff { why, next }) => {
                write!(f, "put off\t{}\t{}\t{why}; next attempt {next}", self.address, self.subject)
            }
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
