//! The convocation of a session as a document. It is kept as it was sent, each time that the session is convened. The
//! content does not depend on the reader.

use std::collections::BTreeMap;

use super::{convened_institutions, when};
use crate::access::{CommissionRef, Visibility, commission_refs};
use crate::clock::Instant;
use crate::commissions::{MemberRole, Membership, OTHER_RANK, memberships_on, ranks};
use crate::db::{Database, Db, InstitutionId, MeetingId, Tx, unique};
use crate::directory::{country_language, institutions_by_id};
use crate::error::Result;
use crate::i18n::{self, Lang, text, word};
use crate::issued::{InBothLanguages, IssuedKey, IssuedKind, IssuedPart, issue, issued_file, newest};
use crate::mail::LARGEST_ATTACHMENT;
use crate::meetings::documents::documents_of_meetings;
use crate::meetings::{AgendaItemInput, Meeting, MeetingDocument, agenda_of_meetings, store};
use crate::rendering::{
    Block, Column, Document, DocumentFormat, Fact, Frame, Run, Signature, Table, file_stem, one_line,
};
use crate::text::fold;
use crate::translations::TranslatedTexts;

/// The number of institutions from which their list has two columns.
const TWO_COLUMNS: usize = 14;

/// Keeps the convocation as it is sent now; returns the number of its version.
pub(super) fn issue_convocation(tx: &mut Tx<'_>, meeting: &Meeting) -> Result<i32> {
    let version = newest(tx.conn, meeting.id, IssuedKind::Convocation)?.unwrap_or_default() + 1;
    let content = Content::read(tx.conn, meeting, tx.now)?;
    let documents = InBothLanguages { en: content.document(Lang::En, false), es: content.document(Lang::Es, false) };
    let key = IssuedKey { meeting: meeting.id, kind: IssuedKind::Convocation, part: IssuedPart::All, version };
    issue(tx, key, &documents)?;
    Ok(version)
}

/// Returns the newest convocation of a session as a PDF in the country's language, to attach it to a mail, with its file
/// name. None for a restricted session and for a file that is too large: the mail then has the link alone.
pub(crate) fn attached_convocation(db: &Database, now: Instant, id: MeetingId) -> Result<Option<(String, Vec<u8>)>> {
    let found = db.read(|conn| {
        let meeting = store::find(conn, &Visibility::everything(), id)?;
        let version = newest(conn, id, IssuedKind::Convocation)?.filter(|_| !meeting.fields.restricted);
        let lang = country_language(conn, &meeting.country_code)?;
        Ok((version, lang, stem(&meeting, lang)))
    })?;
    let (Some(version), lang, stem) = found else { return Ok(None) };
    let key = IssuedKey { meeting: id, kind: IssuedKind::Convocation, part: IssuedPart::All, version };
    let bytes = issued_file(db, now, key, (DocumentFormat::Pdf, lang))?;
    Ok((bytes.len() <= LARGEST_ATTACHMENT).then_some((format!("{stem}.pdf"), bytes)))
}

/// Returns the name of the file of a convocation, without extension.
pub(super) fn stem(meeting: &Meeting, lang: Lang) -> String {
    let title = text(lang, "convocation-title", &[("title", one_line(meeting.title_in(lang)))]);
    file_stem(&[&title, &meeting.held_to.to_string()])
}

/// Makes the convocation of a session that is not convened yet.
pub(super) fn draft(conn: &mut Db, meeting: &Meeting, lang: Lang, now: Instant) -> Result<Document> {
    Ok(Content::read(conn, meeting, now)?.document(lang, true))
}

/// All that a convocation states.
struct Content<'m> {
    meeting: &'m Meeting,
    commissions: Vec<CommissionRef>,
    agenda: Vec<AgendaItemInput>,
    /// The institutions, each with its rank and the commissions in which it is a member.
    institutions: Vec<(u8, String, Vec<CommissionRef>)>,
    documents: Vec<MeetingDocument>,
    /// The institutions that sign: the secretariat of each commission, or its lead if it has none.
    signers: Vec<Signer>,
    /// The names of institutions in other languages.
    names: TranslatedTexts,
    now: Instant,
}

impl<'m> Content<'m> {
    fn read(conn: &mut Db, meeting: &'m Meeting, now: Instant) -> Result<Self> {
        let ids = &meeting.fields.commission_ids;
        let refs = commission_refs(conn, ids)?;
        let members = memberships_on(conn, ids, now.day_in(meeting.zone()))?;
        let convened = convened_institutions(conn, meeting, now)?;
        let mut named: Vec<InstitutionId> = members.iter().map(|member| member.fields.institution_id).collect();
        named.extend(&convened);
        let named = unique(named);
        let names = institutions_by_id(conn, &named)?;
        let name = |id: &InstitutionId| names.get(id).map(|one| one_line(&one.fields.name)).unwrap_or_default();
        let mut seats: BTreeMap<InstitutionId, Vec<CommissionRef>> = BTreeMap::new();
        for member in &members {
            seats.entry(member.fields.institution_id).or_default().extend(refs.get(&member.commission_id).cloned());
        }
        let ranks = ranks(&members);
        let rank = |id: &InstitutionId| ranks.get(id).copied().unwrap_or(OTHER_RANK);
        let institution = |id| (rank(id), name(id), seats.get(id).cloned().unwrap_or_default());
        let institutions = convened.iter().map(institution).collect();
        let commissions: Vec<CommissionRef> = ids.iter().filter_map(|id| refs.get(id)).cloned().collect();
        let signers = commissions.iter().flat_map(|one| Signer::of(one, &members, &name)).collect();
        let mut translated = TranslatedTexts::default();
        names.values().for_each(|one| {
            translated.add(&one.fields.translations, "name", &one_line(&one.fields.name));
        });
        Ok(Self {
            commissions,
            agenda: agenda_of_meetings(conn, &[meeting.id])?.remove(&meeting.id).unwrap_or_default(),
            institutions,
            documents: documents_of_meetings(conn, &[meeting.id])?.remove(&meeting.id).unwrap_or_default(),
            signers,
            names: translated,
            meeting,
            now,
        })
    }

    fn document(&self, lang: Lang, is_draft: bool) -> Document {
        let say = |key: &str, args: &[(&'static str, String)]| text(lang, key, args);
        let title = say("convocation-title", &[("title", one_line(self.meeting.title_in(lang)))]);
        let mut blocks = Vec::new();
        blocks.extend(is_draft.then(|| Block::Banner { text: say("convocation-draft", &[]) }));
        let session = one_line(self.meeting.title_in(lang));
        blocks.push(Block::paragraph(say("convocation-sentence", &[("title", session.clone())])));
        blocks.push(Block::Facts { items: self.facts(lang, is_draft) });
        blocks.push(Block::heading(1, say("convocation-agenda", &[])));
        blocks.push(self.agenda(lang));
        blocks.push(Block::heading(1, say("convocation-institutions", &[])));
        blocks.push(self.institutions(lang));
        if !self.documents.is_empty() {
            blocks.push(Block::heading(1, say("convocation-documents", &[])));
            blocks.push(Block::List { first: Some(1), items: self.annexes(lang) });
        }
        let place = |signer: &Signer| Signature {
            person: None,
            institution: self.names.of(lang, &signer.institution).to_owned(),
            role: say(signer.role, &[("commission", one_line(signer.commission.name_in(lang)))]),
        };
        if !self.signers.is_empty() {
            blocks.push(Block::paragraph(say(
                "convocation-signed",
                &[("title", session), ("when", when(self.meeting, lang))],
            )));
            blocks.push(Block::Signatures { items: self.signers.iter().map(place).collect() });
        }
        Document {
            lang,
            region: Some(self.meeting.country_code.clone()),
            contents: None,
            landscape: false,
            frame: Frame {
                above: Some(self.commission_names(lang).join(" · ")).filter(|names| !names.is_empty()),
                cover: None,
                head: Some(match is_draft {
                    true => format!("{} · {title}", say("convocation-draft-mark", &[])),
                    false => title.clone(),
                }),
                foot: Some(say("convocation-foot", &[])),
            },
            title,
            blocks,
        }
    }

    fn commission_names(&self, lang: Lang) -> Vec<String> {
        self.commissions.iter().map(|one| one_line(one.name_in(lang))).collect()
    }

    /// Returns a text of the session in a language.
    fn translated<'t>(&'t self, lang: Lang, field: &str, text: &'t str) -> &'t str {
        self.meeting.fields.translations.or_original(field, lang, text)
    }

    /// Returns the facts of the session. A draft states no day of convocation.
    fn facts(&self, lang: Lang, is_draft: bool) -> Vec<Fact> {
        let fields = &self.meeting.fields;
        let say = |key: &str| text(lang, key, &[]);
        let modality = fields.modality.map(|modality| word(lang, "meeting-modality", modality.as_str()));
        let commissions = match self.commissions.len() {
            1 => "convocation-commission",
            _ => "convocation-commissions",
        };
        let day = (!is_draft).then(|| i18n::day(lang, self.now.day_in(self.meeting.zone())));
        let facts = [
            (commissions, Some(self.commission_names(lang).join("; "))),
            ("convocation-kind", Some(word(lang, "meeting-kind", fields.kind.as_str()))),
            ("convocation-ordinal", fields.ordinal.map(|ordinal| ordinal.to_string())),
            ("convocation-when", Some(when(self.meeting, lang))),
            ("convocation-modality", modality),
            ("convocation-place", fields.place.as_ref().map(|place| self.translated(lang, "place", place).to_owned())),
            ("convocation-url", fields.url.clone()),
            ("convocation-day", day),
        ];
        facts.into_iter().filter_map(|(key, value)| Some(Fact::new(say(key), value?))).collect()
    }

    fn agenda(&self, lang: Lang) -> Block {
        if self.agenda.is_empty() {
            return Block::paragraph(text(lang, "acta-no-agenda", &[]));
        }
        let columns = [("number", 1), ("point", 9), ("kind", 3), ("presenter", 4)];
        let column = |(name, share)| Column::text(text(lang, &format!("convocation-column-{name}"), &[]), share);
        let row = |(n, item): (usize, &AgendaItemInput)| {
            let presenter = item.presenter.as_deref();
            let presenter = presenter.map(|who| self.translated(lang, &format!("agenda/{}/presenter", n - 1), who));
            vec![
                n.to_string(),
                one_line(self.translated(lang, &format!("agenda/{}/title", n - 1), &item.title)),
                word(lang, "agenda", item.kind.as_str()),
                presenter.map(one_line).unwrap_or_default(),
            ]
        };
        Block::Table(Table::new(columns.into_iter().map(column).collect(), (1..).zip(&self.agenda).map(row).collect()))
    }

    fn annexes(&self, lang: Lang) -> Vec<Vec<Block>> {
        let annex = |(n, document): (usize, &MeetingDocument)| {
            let title = one_line(self.translated(lang, &format!("documents/{n}/title"), &document.fields.title));
            vec![Block::Paragraph { runs: vec![Run { link: document.fields.url.clone(), ..Run::plain(title) }] }]
        };
        self.documents.iter().enumerate().map(annex).collect()
    }

    /// Returns the convened institutions. If all are members of the only commission, a column of commissions would repeat it.
    fn institutions(&self, lang: Lang) -> Block {
        if self.institutions.is_empty() {
            return Block::paragraph(text(lang, "convocation-nobody", &[]));
        }
        let shows_commissions =
            self.commissions.len() != 1 || self.institutions.iter().any(|(_, _, seats)| seats.is_empty());
        let columns =
            if shows_commissions { vec![("institution", 7), ("commissions", 4)] } else { vec![("institution", 7)] };
        let row = |(rank, name, seats): &(u8, String, Vec<CommissionRef>)| {
            let name = self.names.of(lang, name).to_owned();
            let labels: Vec<&str> = seats.iter().map(|one| one.label_in(lang)).collect();
            (*rank, if shows_commissions { vec![name, labels.join(", ")] } else { vec![name] })
        };
        let mut rows: Vec<(u8, Vec<String>)> = self.institutions.iter().map(row).collect();
        rows.sort_by_cached_key(|(rank, row)| (*rank, row.first().map(|name| fold([name.as_str()]))));
        let rows: Vec<Vec<String>> = rows.into_iter().map(|(_, row)| row).collect();
        let column = |(name, share)| Column::text(text(lang, &format!("convocation-column-{name}"), &[]), share);
        let (columns, rows) = match shows_commissions || rows.len() < TWO_COLUMNS {
            true => (columns, rows),
            false => (columns.repeat(2), in_two_columns(rows)),
        };
        Block::Table(Table::new(columns.into_iter().map(column).collect(), rows))
    }
}

/// An institution that signs for a commission.
struct Signer {
    institution: String,
    commission: CommissionRef,
    /// The key of the words for its role.
    role: &'static str,
}

impl Signer {
    /// Returns the secretariat of a commission, or its lead if it has none.
    fn of(commission: &CommissionRef, members: &[Membership], name: &dyn Fn(&InstitutionId) -> String) -> Vec<Self> {
        let with_role = |role: MemberRole, key: &'static str| -> Vec<Self> {
            let own = members.iter().filter(|one| one.commission_id == commission.id && one.fields.role == role);
            let signer = |member: &Membership| Self {
                institution: name(&member.fields.institution_id),
                commission: commission.clone(),
                role: key,
            };
            own.map(signer).collect()
        };
        let secretariats = with_role(MemberRole::Secretariat, "convocation-secretariat");
        if secretariats.is_empty() { with_role(MemberRole::Lead, "convocation-lead") } else { secretariats }
    }
}

/// Puts the second half of the rows of one column beside the first half.
fn in_two_columns(mut rows: Vec<Vec<String>>) -> Vec<Vec<String>> {
    let right = rows.split_off(rows.len().div_ceil(2));
    let mut right = right.into_iter();
    rows.into_iter().map(|row| [row, right.next().unwrap_or_else(|| vec![String::new()])].concat()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_list_has_two_columns_read_downwards() {
        let rows = |names: &[&[&str]]| -> Vec<Vec<String>> {
            names.iter().map(|row| row.iter().map(|name| (*name).to_owned()).collect()).collect()
        };
        assert_eq!(in_two_columns(rows(&[&["a"], &["b"], &["c"]])), rows(&[&["a", "c"], &["b", ""]]));
    }
}
