//! The mails of a run, or of a dry run, in words for the command line.

use crate::mail::DeliveryOutcome;

/// A mail and its outcome; without one, a mail that a dry run would have sent.
#[derive(Debug, Clone)]
pub struct SummaryLine {
    pub address: String,
    pub subject: String,
    pub outcome: Option<DeliveryOutcome>,
}

/// The mails of a run: one line per mail, and a total.
#[derive(Debug, Clone, Default)]
pub struct RunSummary {
    pub lines: Vec<SummaryLine>,
}

impl RunSummary {
    /// Counts the mails with an outcome, or those that a dry run would have sent.
    fn count(&self, outcome: Option<&str>) -> usize {
        self.lines.iter().filter(|line| line.outcome.as_ref().map(DeliveryOutcome::as_str) == outcome).count()
    }

    pub fn sent(&self) -> usize {
        self.count(Some("sent"))
    }

    pub fn failed(&self) -> usize {
        self.count(Some("failed"))
    }
}

impl std::fmt::Display for SummaryLine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (address, subject) = (&self.address, &self.subject);
        match &self.outcome {
            None => write!(f, "would send\t{address}\t{subject}"),
            Some(DeliveryOutcome::Sent) => write!(f, "sent\t{address}\t{subject}"),
            Some(DeliveryOutcome::PutOff { why, next }) => {
                write!(f, "put off\t{address}\t{subject}\t{why}; next attempt {next}")
            }
            Some(DeliveryOutcome::Failed(why)) => write!(f, "refused\t{address}\t{subject}\t{why}"),
            Some(DeliveryOutcome::Dropped) => write!(f, "dropped\t{address}\tnothing is left to say"),
        }
    }
}

impl std::fmt::Display for RunSummary {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for line in &self.lines {
            writeln!(f, "{line}")?;
        }
        match self.count(None) {
            0 => write!(f, "{} sent, {} put off, {} refused", self.sent(), self.count(Some("put_off")), self.failed()),
            planned => write!(f, "{planned} to send"),
        }
    }
}
