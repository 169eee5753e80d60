//! The forms of an institution: entry, change, and confirmation of its removal.

use actix_web::web::Path;
use actix_web::{HttpResponse, get, post};
use maud::{Markup, html};

use crate::clock::Instant;
use crate::db::{Db, InstitutionId, Tx};
use crate::directory::country_names;
use crate::directory::institutions::model::{Institution, InstitutionInput, PartnerType, Sector};
use crate::directory::institutions::typed::TypedInstitutions;
use crate::directory::institutions::{actions, api};
use crate::error::{Faults, Result};
use crate::http::{Fields, Shape};
use crate::identity::{Actor, FormPage, NoFields, Submission, Visitor};
use crate::text::lines;
use crate::ui::{Choice, Field, FormView, Frame, View, actions as buttons, confirmation};

/// The form for a new institution
///
/// Permissions: admin, coordinators, secretariats.
#[get("/institutions/new")]
pub(super) async fn open(visitor: Visitor) -> Result<HttpResponse> {
    visitor.form(NewInstitution).await
}

/// Enter an institution
///
/// Permissions: admin; coordinators of its country, secretariats of its commissions; each of them one without a
/// country.
#[post("/institutions/new")]
pub(super) async fn create(submission: Submission) -> Result<HttpResponse> {
    submission.handle(NewInstitution).await
}

/// The form that changes an institution
///
/// Permissions: admin; for an institution with a country, its coordinators and the secretariats of its commissions.
#[get("/institutions/{id}/edit")]
pub(super) async fn edit(visitor: Visitor, id: Path<InstitutionId>) -> Result<HttpResponse> {
    visitor.form(EditInstitution(id.into_inner())).await
}

/// Change an institution
///
/// Permissions: admin; for an institution with a country, its coordinators and the secretariats of its commissions.
#[post("/institutions/{id}/edit")]
pub(super) async fn update(submission: Submission, id: Path<InstitutionId>) -> Result<HttpResponse> {
    submission.handle(EditInstitution(id.into_inner())).await
}

/// The page that asks for confirmation before an institution is removed
///
/// Permissions: admin; for an institution with a country, its coordinators and the secretariats of its commissions.
#[get("/institutions/{id}/removal")]
pub(super) async fn open_removal(visitor: Visitor, id: Path<InstitutionId>) -> Result<HttpResponse> {
    visitor.form(Removal(id.into_inner())).await
}

/// Remove an institution that no record names
///
/// Permissions: admin; for an institution with a country, its coordinators and the secretariats of its commissions.
#[post("/institutions/{id}/removal")]
pub(super) async fn remove(submission: Submission, id: Path<InstitutionId>) -> Result<HttpResponse> {
    submission.handle(Removal(id.into_inner())).await
}

const SHAPE: Shape = Shape { lists: &["aliases"], numbers: &[], flags: &[], dates: &[], rows: &[], ignored: &[] };

/// The fields in which an institution is typed by its name.
const TYPED: [&str; 2] = ["parent_id", "succeeded_by_id"];

/// The choices that the form offers.
struct Offered {
    countries: Vec<(String, String)>,
    institutions: TypedInstitutions,
}

impl Offered {
    fn load(conn: &mut Db, more: &[InstitutionId]) -> Result<Self> {
        let countries = country_names(conn)?;
        let codes: Vec<String> = countries.iter().map(|(code, _)| code.clone()).collect();
        Ok(Self { institutions: TypedInstitutions::load(conn, &codes, more)?, countries })
    }

    /// Reads the names that were typed, and the aliases, one on each line.
    fn read(&self, fields: &mut Fields, faults: &mut Faults) {
        for name in TYPED {
            self.institutions.resolve(fields, name, faults);
        }
        let aliases = lines(fields.get("aliases").unwrap_or_default());
        fields.remove("aliases");
        aliases.iter().for_each(|alias| fields.push("aliases", alias));
    }
}

#[derive(Debug, Clone)]
struct NewInstitution;

crate::nothing_restricted!(Offered);

impl FormPage for NewInstitution {
    type Record = Offered;
    type Input = InstitutionInput;

    fn shape(&self) -> Shape {
        SHAPE
    }

    fn load(&self, conn: &mut Db, actor: &Actor, _: Instant) -> Result<Offered> {
        actions::require_may_enter_any(conn, actor)?;
        Offered::load(conn, &[])
    }

    fn suggested(&self, record: &Offered) -> Fields {
        match record.countries.as_slice() {
            [(only, _)] => Fields::default().with("country_code", only),
            _ => Fields::default(),
        }
    }

    fn prepare(&self, _: &mut Db, record: &Offered, fields: &mut Fields, faults: &mut Faults) -> Result<()> {
        record.read(fields, faults);
        Ok(())
    }

    fn save(&self, tx: &mut Tx<'_>, actor: &Actor, _: Offered, input: InstitutionInput) -> Result<String> {
        let institution = actions::create(tx, actor, input)?;
        Ok(format!("/institutions/{}?done=institution-entered", institution.id))
    }

    fn view(&self, frame: &Frame, form: &FormView, record: &Offered) -> View {
        View::new(frame.t("admin-institution-new"), draw(frame, form, record, "/institutions"))
            .lead(html! { (frame.t("admin-institution-new-lead")) })
            .above("/commissions", frame.t("web-nav-commissions"))
            .above("/institutions", frame.t("directory-institutions"))
    }
}

#[derive(Debug, Clone)]
struct EditInstitution(InstitutionId);

struct Record {
    institution: Institution,
    offered: Offered,
}

crate::nothing_restricted!(Record);

/// Loads an institution for those who may change it.
fn load(conn: &mut Db, actor: &Actor, id: InstitutionId) -> Result<Institution> {
    let institution = api::find(conn, id)?;
    actions::require_may_change(conn, actor, institution.fields.country_code.as_deref())?;
    Ok(institution)
}

impl FormPage for EditInstitution {
    type Record = Record;
    type Input = InstitutionInput;

    fn shape(&self) -> Shape {
        SHAPE
    }

    fn load(&self, conn: &mut Db, actor: &Actor, _: Instant) -> Result<Record> {
        let institution = load(conn, actor, self.0)?;
        let fields = &institution.fields;
        let named: Vec<_> = fields.parent_id.into_iter().chain(fields.succeeded_by_id).collect();
        let mut offered = Offered::load(conn, &named)?;
        if let Some(code) =
            fields.country_code.as_ref().filter(|own| !offered.countries.iter().any(|(code, _)| code == *own))
        {
            offered.countries.push((code.clone(), code.clone()));
        }
        Ok(Record { institution, offered })
    }

    fn fields(&self, record: &Record) -> Fields {
        let input = record.institution.input();
        let mut fields = Fields::of(&InstitutionInput { aliases: Vec::new(), ..input.clone() });
        fields.retain(|name| !name.starts_with("translations/"));
        fields.set("aliases", input.aliases.join("\n"));
        for name in TYPED {
            record.offered.institutions.show(&mut fields, name);
        }
        fields
    }

    fn prepare(&self, _: &mut Db, record: &Record, fields: &mut Fields, faults: &mut Faults) -> Result<()> {
        record.offered.read(fields, faults);
        Ok(())
    }

    fn save(&self, tx: &mut Tx<'_>, actor: &Actor, record: Record, input: InstitutionInput) -> Result<String> {
        // The form does not show the translations.
        let input = InstitutionInput { translations: record.institution.fields.translations, ..input };
        actions::update(tx, actor, self.0, input)?;
        Ok(format!("/institutions/{}?done=institution-changed", self.0))
    }

    fn view(&self, frame: &Frame, form: &FormView, record: &Record) -> View {
        let back = format!("/institutions/{}", self.0);
        let body = html! {
            (draw(frame, form, &record.offered, &back))
            p { a href={ (back) "/removal" } { (frame.t("admin-institution-removal")) } }
        };
        below(frame, &record.institution, "admin-institution-edit", body)
    }
}

fn draw(frame: &Frame, form: &FormView, offered: &Offered, back: &str) -> Markup {
    let field = |name: &'static str, key: &str| Field::new(frame, form, name, frame.t(key));
    let sectors: Vec<Choice> =
        Sector::ALL.iter().map(|one| Choice::new(one, frame.word("report-sector", one.as_str()))).collect();
    let partners: Vec<Choice> =
        PartnerType::ALL.iter().map(|one| Choice::new(one, frame.word("directory-partner", one.as_str()))).collect();
    let countries: Vec<Choice> = offered.countries.iter().map(|(code, name)| Choice::new(code, name)).collect();
    let (names, none) = (offered.institutions.names(), frame.t("admin-none"));
    html! {
        form method="post" action=(frame.path) {
            (form.begin(frame))
            (field("name", "directory-name").hint(frame.t("admin-name-hint")).required().max(300).text())
            div class="fields" {
                (field("acronym", "directory-acronym").max(60).text())
                (field("territory", "directory-territory").hint(frame.t("admin-territory-hint")).max(200).text())
            }
            (field("sector", "directory-sector").required().select(Some(&frame.t("admin-choose")), &sectors))
            (field("country_code", "directory-country").hint(frame.t("admin-country-hint")).select(Some(&none), &countries))
            (field("email", "directory-email").hint(frame.t("admin-email-hint")).max(254).completed("email", "off"))
            (field("official_name", "directory-official-name").max(500).text())
            (field("aliases", "directory-aliases").hint(frame.t("admin-aliases-hint")).area(3))
            (field("parent_id", "directory-parent").hint(frame.t("admin-typed-hint")).max(300).suggested(&names))
            (field("succeeded_by_id", "directory-successor").hint(frame.t("admin-successor-hint")).max(300)
                .suggested(&names))
            (field("partner_type", "directory-partner").hint(frame.t("admin-partner-hint")).select(Some(&none), &partners))
            (field("note", "web-note").hint(frame.t("web-note-hint")).max(4000).area(2))
            (buttons(&frame.t("admin-save"), Some((back, &frame.t("ui-leave")))))
        }
    }
}

/// Makes a page whose parent is the page of its institution.
fn below(frame: &Frame, institution: &Institution, key: &str, body: Markup) -> View {
    View::new(frame.t(key), body)
        .lead(html! { (institution.fields.name) })
        .above("/institutions", frame.t("directory-institutions"))
        .above(format!("/institutions/{}", institution.id), institution.fields.name.clone())
}

#[derive(Debug, Clone)]
struct Removal(InstitutionId);

impl FormPage for Removal {
    type Record = Institution;
    type Input = NoFields;

    fn load(&self, conn: &mut Db, actor: &Actor, _: Instant) -> Result<Institution> {
        load(conn, actor, self.0)
    }

    fn save(&self, tx: &mut Tx<'_>, actor: &Actor, record: Institution, _: NoFields) -> Result<String> {
        actions::delete(tx, actor, record)?;
        Ok("/institutions?done=institution-removed".to_owned())
    }

    fn view(&self, frame: &Frame, form: &FormView, record: &Institution) -> View {
        let back = format!("/institutions/{}", self.0);
        let content = html! { div class="prose" { p { (frame.t("admin-institution-removal-what")) } } };
        let body = confirmation(frame, form, content, ("admin-remove", true), (&back, "ui-unchanged"));
        below(frame, record, "admin-institution-removal", body)
    }
}
