//! `/indicators/{id}/values/new`: recording a value, or correcting one.

use actix_web::web::Path;
use actix_web::{HttpResponse, get, post};
use maud::{Markup, html};

use crate::access::Visibility;
use crate::clock::Instant;
use crate::db::{Db, IndicatorId, Tx};
use crate::error::{Faults, Result};
use crate::http::{Fields, Shape};
use crate::identity::{Actor, FormPage, Submission, Visitor};
use crate::indicators::model::{IndicatorValueInput, MeasuredIndicator};
use crate::indicators::{actions, store};
use crate::ui::{self, Field, FormView, Frame, View};
use crate::uploads::keep_files;

/// The form of a value
///
/// Permissions: admin; coordinator of the country; representatives of a responsible institution.
#[get("/indicators/{id}/values/new")]
pub(super) async fn open(visitor: Visitor, id: Path<IndicatorId>) -> Result<HttpResponse> {
    let parameter = |name: &str| visitor.parameters().get(name).map(str::to_owned);
    let (period, territory) = (parameter("period"), parameter("territory"));
    visitor.form(ValueForm { id: id.into_inner(), period, territory }).await
}

/// Record a value of an indicator
///
/// Permissions: admin; coordinator of the country; representatives of a responsible institution.
#[post("/indicators/{id}/values/new")]
pub(super) async fn save_value(mut submission: Submission, id: Path<IndicatorId>) -> Result<HttpResponse> {
    keep_files(&mut submission).await?;
    submission.handle(ValueForm { id: id.into_inner(), period: None, territory: None }).await
}

#[derive(Clone)]
struct ValueForm {
    id: IndicatorId,
    /// The period and the territory of the value that is corrected.
    period: Option<String>,
    territory: Option<String>,
}

impl FormPage for ValueForm {
    type Record = MeasuredIndicator;
    type Input = IndicatorValueInput;

    fn shape(&self) -> Shape {
        Shape {
            numbers: &["value"],
            flags: &["preliminary"],
            dates: &["period"],
            rows: &[("evidence", &["title", "url", "file_id"])],
            ignored: &["taken_back", "evidence/*/file", "evidence/*/file_name", "evidence/*/new"],
            ..Shape::default()
        }
    }

    fn load(&self, conn: &mut Db, actor: &Actor, _: Instant) -> Result<MeasuredIndicator> {
        let found = store::find_measured(conn, &Visibility::of(actor), self.id)?;
        actions::require_recorder(conn, actor, &found.indicator)?;
        Ok(found)
    }

    /// Requires a number, unless the box is marked that takes the value back.
    fn prepare(&self, _: &mut Db, _: &MeasuredIndicator, fields: &mut Fields, faults: &mut Faults) -> Result<()> {
        let is_empty = fields.get("value").is_none_or(|value| value.trim().is_empty());
        match (is_empty, fields.get("taken_back") == Some("true")) {
            (true, false) => faults.add("/value", "required"),
            (false, true) => faults.add_with("/value", "not_together", vec![("field", "taken_back".to_owned())]),
            _ => {}
        }
        Ok(())
    }

    fn save(&self, tx: &mut Tx<'_>, actor: &Actor, _: MeasuredIndicator, input: IndicatorValueInput) -> Result<String> {
        actions::record_value(tx, actor, self.id, input)?;
        Ok(format!("/indicators/{}?done=indicator-value-recorded", self.id))
    }

    fn view(&self, frame: &Frame, form: &FormView, record: &MeasuredIndicator) -> View {
        let path = format!("/indicators/{}", self.id);
        let form = &self.prefilled(form);
        let body = html! {
            form class="stack" method="post" action={ (path) "/values/new" } enctype="multipart/form-data" {
                (form.begin(frame))
                (inputs(frame, form, record))
                (ui::actions(&frame.t("indicators-record"), Some((&path, &frame.t("ui-leave")))))
            }
        };
        View::new(frame.t("indicators-value-new"), body)
            .above("/plans", frame.t("plans-page"))
            .above(path, record.indicator.fields.name.as_str())
    }
}

impl ValueForm {
    /// Fills in the period and the territory of the value that is corrected.
    fn prefilled(&self, form: &FormView) -> FormView {
        let mut form = form.clone();
        for (name, value) in [("period", &self.period), ("territory", &self.territory)] {
            if let (Some(value), None) = (value, form.fields.get(name)) {
                form.fields.set(name, value);
            }
        }
        form
    }
}

fn inputs(frame: &Frame, form: &FormView, record: &MeasuredIndicator) -> Markup {
    let fields = &record.indicator.fields;
    let country = record.indicator.country_code.as_str();
    let field = |name: &str, key: &str| Field::new(frame, form, name, frame.t(key));
    let number = frame.t_with("indicators-value-in", &[("unit", fields.unit.as_str().into())]);
    html! {
        p { strong { (fields.name) } }
        @if let Some(definition) = &fields.definition { (ui::prose(definition)) }
        (field("period", "indicators-period").required().date(country))
        (field("territory", "indicators-territory").hint(frame.t("indicators-territory-hint")).max(300).text())
        (Field::new(frame, form, "value", number).unmarked(true).hint(frame.t("indicators-value-hint")).number())
        (field("preliminary", "indicators-preliminary").check())
        @if !record.series.is_empty() {
            (field("taken_back", "indicators-taken-back").hint(frame.t("indicators-taken-back-hint")).check())
        }
        (field("source", "indicators-value-source").max(2000).text())
        (ui::evidence_rows(frame, form, &[]))
    }
}
