//! The convocation of a session as a document. It is kept as it was sent, each time that the session is convened. The
//! content does not depend on the reader.

use std::collections::BTreeMap;

use super::{convened_institutions, when};
use crate::access::{Visibility, commission_refs};
use crate::clock::Instant;
use crate::commissions::{MemberRole, memberships_on};
use crate::db::{Database, Db, InstitutionId, MeetingId, Tx, unique};
use crate::directory::{country_language, institutions_by_id};
use crate::error::Result;
use crate::i18n::{self, Lang, text, word};
use crate::issued::{InBothLanguages, IssuedKey, IssuedKind, IssuedPart, issue, issued_file, newest};
use crate::mail::LARGEST_ATTACHMENT;
use crate::meetings::documents::documents_of_meetings;
use crate::meetings::{AgendaItemInput, Meeting, MeetingDocument, agenda_of_meetings, store};
use crate::rendering::{Block, Column, Document, DocumentFormat, Fact, Frame, Run, Signature, Table, one_line};
use crate::text::fold;

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
        Ok((version, country_language(conn, &meeting.country_code)?))
    })?;
    let (Some(version), lang) = found else { return Ok(None) };
    let key = IssuedKey { meeting: id, kind: IssuedKind::Convocation, part: IssuedPart::All, version };
    let bytes = issued_file(db, now, key, (DocumentFormat::Pdf, lang))?;
    let name = format!("{}-{id}.pdf", text(lang, "convocation-file", &[]));
    Ok((bytes.len() <= LARGEST_ATTACHMENT).then_some((name, bytes)))
}

/// Makes the convocation of a session that is not convened yet.
pub(super) fn draft(conn: &mut Db, meeting: &Meeting, lang: Lang, now: Instant) -> Result<Document> {
    Ok(Content::read(conn, meeting, now)?.document(lang, true))
}

/// All that a convocation states.
struct Content<'m> {
    meeting: &'m Meeting,
    commissions: Vec<String>,
    agenda: Vec<AgendaItemInput>,
    /// The institutions by name, each with the commissions in which it is a member.
    institutions: Vec<(String, String)>,
    documents: Vec<MeetingDocument>,
    /// The institutions that sign, each with the commission.
    secretariats: Vec<(String, String)>,
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
        let mut seats: BTreeMap<InstitutionId, Vec<&str>> = BTreeMap::new();
        for member in &members {
            let label = refs.get(&member.commission_id).map(|one| one.label()).unwrap_or_default();
            seats.entry(member.fields.institution_id).or_default().push(label);
        }
        let mut institutions: Vec<(String, String)> = convened
            .iter()
            .map(|id| (name(id), seats.get(id).map(|labels| labels.join(", ")).unwrap_or_default()))
            .collect();
        institutions.sort_by_cached_key(|(name, _)| fold([name.as_str()]));
        let secretariats =
            members.iter().filter(|member| member.fields.role == MemberRole::Secretariat).map(|member| {
                let commission = refs.get(&member.commission_id).map(|one| one_line(&one.name)).unwrap_or_default();
                (name(&member.fields.institution_id), commission)
            });
        Ok(Self {
            commissions: ids.iter().filter_map(|id| refs.get(id)).map(|one| one_line(&one.name)).collect(),
            agenda: agenda_of_meetings(conn, &[meeting.id])?.remove(&meeting.id).unwrap_or_default(),
            institutions,
            documents: documents_of_meetings(conn, &[meeting.id])?.remove(&meeting.id).unwrap_or_default(),
            secretariats: secretariats.collect(),
            meeting,
            now,
        })
    }

    fn document(&self, lang: Lang, is_draft: bool) -> Document {
        let say = |key: &str, args: &[(&'static str, String)]| text(lang, key, args);
        let title = say("convocation-title", &[("title", one_line(&self.meeting.fields.title))]);
        let mut blocks = Vec::new();
        blocks.extend(is_draft.then(|| Block::Banner { text: say("convocation-draft", &[]) }));
        blocks.push(Block::Facts { items: self.facts(lang, is_draft) });
        blocks.push(Block::heading(1, say("convocation-agenda", &[])));
        blocks.push(self.agenda(lang));
        blocks.push(Block::heading(1, say("convocation-institutions", &[])));
        blocks.push(self.institutions(lang));
        if !self.documents.is_empty() {
            blocks.push(Block::heading(1, say("convocation-documents", &[])));
            blocks.push(Block::List { first: Some(1), items: self.documents.iter().map(annex).collect() });
        }
        let place = |(institution, commission): &(String, String)| Signature {
            person: None,
            institution: institution.clone(),
            role: say("convocation-secretariat", &[("commission", commission.clone())]),
        };
        if !self.secretariats.is_empty() {
            let session = one_line(&self.meeting.fields.title);
            blocks.push(Block::paragraph(say("convocation-signed", &[("title", session)])));
            blocks.push(Block::Signatures { items: self.secretariats.iter().map(place).collect() });
        }
        Document {
            lang,
            region: Some(self.meeting.country_code.clone()),
            contents: None,
            landscape: false,
            frame: Frame {
                above: Some(self.commissions.join(" · ")).filter(|names| !names.is_empty()),
                cover: None,
                head: Some(title.clone()),
                foot: Some(say("convocation-foot", &[])),
            },
            title,
            blocks,
        }
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
            (commissions, Some(self.commissions.join("; "))),
            ("convocation-kind", Some(word(lang, "meeting-kind", fields.kind.as_str()))),
            ("convocation-ordinal", fields.ordinal.map(|ordinal| ordinal.to_string())),
            ("convocation-when", Some(when(self.meeting, lang))),
            ("convocation-modality", modality),
            ("convocation-place", fields.place.clone()),
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
            vec![
                n.to_string(),
                one_line(&item.title),
                word(lang, "agenda", item.kind.as_str()),
                item.presenter.as_deref().map(one_line).unwrap_or_default(),
            ]
        };
        Block::Table(Table::new(columns.into_iter().map(column).collect(), (1..).zip(&self.agenda).map(row).collect()))
    }

    /// Returns the convened institutions. If all are members of the only commission, a column of commissions would repeat it.
    fn institutions(&self, lang: Lang) -> Block {
        if self.institutions.is_empty() {
            return Block::paragraph(text(lang, "convocation-nobody", &[]));
        }
        let shows_commissions =
            self.commissions.len() != 1 || self.institutions.iter().any(|(_, seats)| seats.is_empty());
        let columns =
            if shows_commissions { vec![("institution", 7), ("commissions", 4)] } else { vec![("institution", 7)] };
        let row = |(name, seats): &(String, String)| {
            if shows_commissions { vec![name.clone(), seats.clone()] } else { vec![name.clone()] }
        };
        let rows = self.institutions.iter().map(row).collect();
        let column = |(name, share)| Column::text(text(lang, &format!("convocation-column-{name}"), &[]), share);
        Block::Table(Table::new(columns.into_iter().map(column).collect(), rows))
    }
}

fn annex(document: &MeetingDocument) -> Vec<Block> {
    let title = one_line(&document.fields.title);
    vec![Block::Paragraph { runs: vec![Run { link: document.fields.url.clone(), ..Run::plain(title) }] }]
}
