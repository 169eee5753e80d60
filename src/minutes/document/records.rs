//! The agreements, commitments, annexes, comments and rectifications of an acta.

use super::Page;
use crate::i18n::{Words, text_with};
use crate::minutes::content::{ActaAgreement, ActaCommitment, ActaTarget, AgreementName, Annex, Responsible};
use crate::rendering::{Block, Column, Run, Table, grouped_names, one_line, read_markdown};

/// The number of characters of names above which a cell of the table states their number, and the names follow below.
const LONGEST_NAMES: usize = 300;

/// The institutions of a commitment in words.
struct ResponsibleNames {
    names: String,
    is_long: bool,
}

impl<'a> Page<'a> {
    pub(super) fn agreements(self, agreements: &'a [ActaAgreement]) -> Vec<Block> {
        let mut blocks = vec![self.heading("acta-agreements")];
        if agreements.is_empty() {
            blocks.push(Block::paragraph(self.say("acta-no-agreements", &[])));
        }
        blocks.extend(self.agreement_blocks(agreements));
        blocks
    }

    fn agreement_blocks(self, agreements: &'a [ActaAgreement]) -> Vec<Block> {
        let mut blocks = Vec::new();
        for agreement in agreements {
            blocks.push(Block::heading(2, self.marked(self.agreement_heading(agreement), agreement.proposed)));
            blocks.extend(agreement.text.iter().flat_map(|text| read_markdown(self.translated(text), 2)));
            let sentences = [agreement.point.map(|point| self.point(point)), self.adoption(agreement)];
            let sentences: Vec<String> = sentences.into_iter().flatten().collect();
            blocks.extend((!sentences.is_empty()).then(|| Block::paragraph(sentences.join(" "))));
            blocks.extend(self.parties(agreement));
        }
        blocks
    }

    /// Writes the number of an agreement, if it has one, and its title.
    fn agreement_heading(self, agreement: &'a ActaAgreement) -> String {
        let title = ("title", self.translated(&agreement.title).to_owned());
        match &agreement.number {
            Some(number) => self.say("acta-agreement", &[("number", self.translated(number).to_owned()), title]),
            None => self.say("acta-agreement-unnumbered", &[title]),
        }
    }

    /// Marks what is only proposed.
    fn marked(self, text: String, proposed: bool) -> String {
        if proposed { self.say("acta-proposed", &[("text", text)]) } else { text }
    }

    /// Names the item of the agenda.
    fn point(self, point: usize) -> String {
        self.say("acta-point", &[("number", point.to_string())])
    }

    /// Writes the method and the votes. A proposal without votes was not adopted, and has none.
    fn adoption(self, agreement: &ActaAgreement) -> Option<String> {
        let sentence = self.word("acta-adoption", agreement.method.as_deref().unwrap_or("unspecified"));
        let counts = [
            ("acta-votes-for", agreement.in_favour),
            ("acta-votes-against", agreement.against),
            ("acta-votes-abstained", agreement.abstained),
        ];
        let stated = counts.iter().filter_map(|(key, count)| Some((key, (*count)?)));
        let votes: Vec<_> =
            stated.map(|(key, count)| text_with(self.print.lang, key, &[("count", count.into())])).collect();
        if votes.is_empty() {
            return (!agreement.proposed).then_some(sentence);
        }
        Some(format!("{sentence} {}", self.say("acta-votes", &[("votes", votes.join(", "))])))
    }

    fn parties(self, agreement: &'a ActaAgreement) -> Option<Block> {
        let parties = agreement.parties.iter().map(|party| match &party.side {
            Some(side) => format!("{} ({})", self.translated(&party.name), self.translated(side)),
            None => self.translated(&party.name).to_owned(),
        });
        let parties: Vec<_> = parties.collect();
        let line = || self.say("acta-parties", &[("names", grouped_names(&parties).join("; "))]);
        (!parties.is_empty()).then(|| Block::paragraph(one_line(&line())))
    }

    pub(super) fn commitments(self, commitments: &'a [ActaCommitment]) -> Vec<Block> {
        let mut blocks = vec![self.heading("acta-commitments")];
        if commitments.is_empty() {
            blocks.push(Block::paragraph(self.say("acta-no-commitments", &[])));
        } else {
            blocks.extend(self.commitment_table(commitments));
        }
        blocks
    }

    /// Writes the table of commitments, and below it the lists of institutions that are too long for a cell.
    fn commitment_table(self, commitments: &'a [ActaCommitment]) -> Vec<Block> {
        let columns = [("code", 6), ("text", 9), ("responsible", 8), ("term", 5)];
        let column = |(name, share)| Column::text(self.say(&format!("acta-column-{name}"), &[]), share);
        let rows = commitments.iter().map(|commitment| self.commitment_row(commitment)).collect();
        let mut blocks = vec![Block::Table(Table::new(columns.into_iter().map(column).collect(), rows))];
        for commitment in commitments.iter().filter(|commitment| self.responsible(commitment).is_long) {
            let below = self.say("acta-responsible-of", &[("code", commitment.code.clone())]);
            let names = Run::plain(format!(" {}", self.responsible(commitment).names));
            blocks.push(Block::Paragraph { runs: vec![Run::strong(below), names] });
        }
        blocks
    }

    /// Returns the institutions of a commitment, each with its own term if it has one.
    fn responsible(self, commitment: &'a ActaCommitment) -> ResponsibleNames {
        let name = |part: &'a Responsible| {
            let own = [part.due.as_ref().map(|due| self.date(due)), part.target.as_ref().map(|one| self.target(one))];
            let own: Vec<String> = own.into_iter().flatten().collect();
            let name = self.translated(&part.institution);
            if own.is_empty() { name.to_owned() } else { format!("{name} ({})", own.join("; ")) }
        };
        let all: Vec<String> = commitment.responsible.iter().map(name).collect();
        let names = grouped_names(&all).join("; ");
        ResponsibleNames { is_long: names.chars().count() > LONGEST_NAMES, names }
    }

    /// Writes a quantity to reach, with its unit.
    fn target(self, target: &'a ActaTarget) -> String {
        let words = Words { lang: self.print.lang, country: &self.acta.meeting.country_code };
        let args = [("quantity", words.decimal(&target.quantity)), ("unit", one_line(self.translated(&target.unit)))];
        self.say("acta-target", &args)
    }

    /// Writes the text of a commitment, and below it the agreement and the item of the agenda from which it comes.
    fn commitment_text(self, commitment: &'a ActaCommitment) -> String {
        let text = self.marked(self.translated(&commitment.text).to_owned(), commitment.proposed);
        let agreement = commitment.agreement.as_ref().map(|name| match name {
            AgreementName::Number(number) => {
                self.say("acta-of-agreement", &[("number", self.translated(number).to_owned())])
            }
            AgreementName::Title(title) => {
                self.say("acta-of-agreement-titled", &[("title", one_line(self.translated(title)))])
            }
        });
        let origin = [agreement, commitment.point.map(|point| self.point(point))];
        let origin: Vec<String> = origin.into_iter().flatten().collect();
        if origin.is_empty() { text } else { format!("{text}\n{}", origin.join(" ")) }
    }

    fn commitment_row(self, commitment: &'a ActaCommitment) -> Vec<String> {
        let text = self.commitment_text(commitment);
        let responsible = self.responsible(commitment);
        let names = match responsible.is_long {
            true => self.say("acta-responsible-below", &[("n", commitment.responsible.len().to_string())]),
            false => responsible.names,
        };
        vec![commitment.code.clone(), text, names, self.term(commitment)]
    }

    /// Writes the term as a date, with the words of the source.
    fn term(self, commitment: &'a ActaCommitment) -> String {
        match (&commitment.due, commitment.due_text.as_deref().map(|words| self.translated(words))) {
            (Some(due), Some(words)) => {
                self.say("acta-term-words", &[("date", self.date(due)), ("words", words.to_owned())])
            }
            (Some(due), None) => self.date(due),
            (None, Some(words)) => words.to_owned(),
            (None, None) => self.say("acta-no-term", &[]),
        }
    }

    pub(super) fn annexes(self) -> Vec<Block> {
        if self.acta.annexes.is_empty() {
            return Vec::new();
        }
        let line = |annex: &'a Annex| {
            let mut title = one_line(self.translated(&annex.title));
            if let Some(dated) = &annex.dated {
                title = format!("{title} ({})", self.date(dated));
            }
            vec![Block::Paragraph { runs: vec![Run { link: annex.url.clone(), ..Run::plain(title) }] }]
        };
        let items = self.acta.annexes.iter().map(line).collect();
        vec![self.heading("acta-annexes"), Block::List { first: Some(1), items }]
    }

    pub(super) fn comments(self) -> Vec<Block> {
        if self.acta.comments.is_empty() {
            return Vec::new();
        }
        let mut blocks = vec![self.heading("acta-comments")];
        for comment in &self.acta.comments {
            let head =
                [("institution", self.translated(&comment.institution).to_owned()), ("day", self.day_of(comment.at))];
            blocks.push(Block::Paragraph { runs: vec![Run::strong(one_line(&self.say("acta-comment", &head)))] });
            blocks.push(Block::Quote { blocks: vec![Block::paragraph(comment.text.clone())] });
        }
        blocks
    }

    pub(super) fn rectifications(self) -> Vec<Block> {
        let mut blocks = Vec::new();
        for (n, rectification) in self.acta.rectifications.iter().enumerate() {
            let heading = [("number", (n + 1).to_string()), ("day", self.day_of(rectification.at))];
            blocks.push(Block::heading(1, self.say("acta-rectification", &heading)));
            blocks.extend(read_markdown(&rectification.text, 1));
            blocks.extend(self.agreement_blocks(&rectification.agreements));
            if !rectification.commitments.is_empty() {
                blocks.push(Block::heading(2, self.say("acta-commitments", &[])));
                blocks.extend(self.commitment_table(&rectification.commitments));
            }
            let by = rectification.by.as_ref().map(|who| self.say("acta-rectified-by", &[("name", who.clone())]));
            let session = rectification.approved_in.as_ref().map(|session| self.approved_in(session));
            let lines: Vec<_> = by.into_iter().chain(session).collect();
            if !lines.is_empty() {
                blocks.push(Block::facts(&lines));
            }
        }
        blocks
    }
}

#[cfg(test)]
mod tests {
    use crate::i18n::{Lang, find};

    #[test]
    fn every_word_of_an_acta_is_in_both_languages() {
        for lang in Lang::ALL {
            for key in ["acta-call-first", "acta-call-second", "acta-sign-lead", "acta-column-term", "acta-last-line"] {
                assert!(find(*lang, key, &[]).is_some(), "{key} in {lang}");
            }
        }
    }
}
