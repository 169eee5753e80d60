//! What a run did: one line a message, and a total.

use crate::mail::DeliveryOutcome;

/// One mail and what became of it; no outcome: it would have been sent.
#[derive(Debug, Clone)]
pub struct SummaryLine {
    pub address: String,
    pub subject: String,
    pub outcome: Option<DeliveryOutcome>,
}

/// What a run did.
#[derive(Debug, Clone, Default)]
pub struct RunSummary {
    pub lines: Vec<SummaryLine>,
}

impl RunSummary {
    fn count(&self, of: fn(&DeliveryOutcome) -> bool) -> usize {
        self.lines.iter().filter(|line| line.outcome.as_ref().is_some_and(of)).count()
    }

    pub fn sent(&self) -> usize {
        self.count(|outcome| *outcome == DeliveryOutcome::Sent)
    }

    pub fn failed(&self) -> usize {
        self.count(|outcome| matches!(outcome, DeliveryOutcome::Failed(_)))
    }

    pub fn put_off(&self) -> usize {
        self.count(|outcome| matches!(outcome, DeliveryOutcome::PutOff { .. }))
    }
}

impl std::fmt::Display for SummaryLine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.outcome {
            None => write!(f, "would send\t{}\t{}", self.address, self.subject),
            Some(DeliveryOutcome::Sent) => write!(f, "sent\t{}\t{}", self.address, self.subject),
            Some(DeliveryOutcome::PutOff { why, next }) => {
                write!(f, "put off\t{}\t{}\t{why}; next attempt {next}", self.address, self.subject)
            }
            Some(DeliveryOutcome::Failed(why)) => write!(f, "refused\t{}\t{}\t{why}", self.address, self.subject),
            Some(DeliveryOutcome::Dropped) => write!(f, "dropped\t{}\tnothing is left to say", self.address),
        }
    }
}

impl std::fmt::Display for RunSummary {
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
