//! Indicators of items of plans: their content, values, corrections, series and targets.

use std::io::Cursor;

use calamine::{Data, Reader};
use serde_json::{Value, json};

use crate::on_both;
use crate::support::{Browser, Person, World};

/// Returns a new item of a plan of Peru that these commissions follow.
fn item(world: &World, commissions: &[&str]) -> String {
    world.country("PE");
    let plan =
        json!({"country_code": "PE", "kind": "policy", "title": "Política nacional", "commission_ids": commissions});
    let plan = world.admin().post("/plans", plan).expect(201).id();
    let item = json!({"kind": "service", "title": "Registro de autorizaciones", "label": "S 1"});
    world.admin().post(&format!("/plans/{plan}/items"), item).expect(201).id()
}

fn indicator(item: &str) -> Value {
    json!({
        "plan_item_id": item, "name": "Distritos con autorizaciones registradas", "unit": "%",
        "definition": "Distritos con al menos una autorización.", "source": "Registros administrativos", "direction": "up",
        "baseline": {"value": 12.5, "year": 2019}, "targets": [{"year": 2030, "value": 60}, {"year": 2022, "value": 20}],
    })
}

/// Records a value and returns it.
#[track_caller]
fn record(who: &Person<'_>, path: &str, value: Value) -> Value {
    who.post(&format!("{path}/values"), value).expect(201).json
}

on_both! {
    fn a_coordinator_creates_changes_and_deletes_an_indicator(world) {
        world.country("PE");
        let coordinator = world.coordinator("PE");
        let item = item(world, &[]);
        let made = coordinator.post("/indicators", indicator(&item)).expect(201);
        let path = format!("/indicators/{}", made.id());
        assert_eq!(made.header("location"), Some(format!("/api/v1{path}").as_str()));
        assert_eq!(made.json["targets"], json!([{"year": 2022, "value": 20}, {"year": 2030, "value": 60}]), "by year");
        assert_eq!((&made.json["series"], &made.json["latest"]), (&json!([]), &json!(null)));
        assert_eq!(made.json["progress"][0]["state"], "unknown");
        assert_eq!(coordinator.get(&path).expect(200).json, made.json);
        let changed = coordinator.patch(&path, json!({"unit": "distritos", "targets": [], "baseline": null, "note": "Por revisar"})).expect(200).json;
        assert_eq!((&changed["unit"], &changed["targets"], &changed["baseline"]), (&json!("distritos"), &json!([]), &json!(null)));
        assert_eq!(changed["aggregation"], "none");
        coordinator.delete(&path).expect(204);
        coordinator.get(&path).expect(404);
        let history = world.admin().get("/audit-log?kind=indicator").expect(200);
        assert_eq!(history.items().len(), 3);
    }
}

on_both! {
    fn a_body_with_faults_names_all_of_them(world) {
        let item = item(world, &[]);
        let admin = world.admin();
        let mut body = indicator(&item);
        body["targets"] = json!([{"year": 2022, "value": 1}, {"year": 2022, "value": 2}, {"year": 1800, "value": 3}]);
        body["baseline"] = json!({"value": 1.234_567_8, "year": 2019});
        body["name"] = json!(" ");
        let faults = admin.post("/indicators", body).expect(422).faults();
        let found: Vec<_> = faults.iter().map(|(pointer, code)| (pointer.as_str(), code.as_str())).collect();
        assert_eq!(found, [("/baseline/value", "invalid_number"), ("/name", "blank"), ("/targets/1/year", "duplicate"), ("/targets/2/year", "out_of_range")]);
        let unknown = "0190a6f0-5c1e-7a3b-9d2e-2f1c3b4a5d6e";
        assert_eq!(admin.post("/indicators", indicator(unknown)).expect(422).faults()[0].0, "/plan_item_id");
        world.coordinator("PE").post("/indicators", indicator(unknown)).expect(404);
    }
}

on_both! {
    fn a_value_is_kept_as_it_was_entered_and_its_correction_beside_it(world) {
        world.country("PE");
        let coordinator = world.coordinator("PE");
        let path = format!("/indicators/{}", coordinator.post("/indicators", indicator(&item(world, &[]))).expect(201).id());
        let first = record(&coordinator, &path, json!({"period": "2022", "value": 18.45, "preliminary": true}));
        assert_eq!((&first["value"], &first["revision"], &first["newest"]), (&json!(18.45), &json!(1), &json!(true)));
        assert_eq!((&first["period_from"], &first["period_to"]), (&json!("2022-01-01"), &json!("2022-12-31")));
        let second = record(&coordinator, &path, json!({"period": "2022", "value": 0, "source": "Corrección"}));
        assert_eq!((&second["revision"], &second["value"]), (&json!(2), &json!(0)));
        let all = coordinator.get(&format!("{path}/values")).expect(200);
        let newest: Vec<_> = all.items().iter().map(|value| value["newest"].clone()).collect();
        assert_eq!(newest, [json!(false), json!(true)]);
        let shown = coordinator.get(&path).expect(200).json;
        assert_eq!(shown["latest"]["value"], 0, "a zero is a value");
        assert_eq!(shown["series"].as_array().unwrap().len(), 1);
        assert_eq!(shown["progress"][0], json!({"year": 2022, "target": 20, "value": 0, "preliminary": false, "state": "not_met", "percent": -166}));
        record(&coordinator, &path, json!({"period": "2022", "value": null}));
        let shown = coordinator.get(&path).expect(200).json;
        assert_eq!((&shown["series"], &shown["latest"]), (&json!([]), &json!(null)), "taken back: unknown, not zero");
        assert_eq!(shown["progress"][0]["state"], "unknown");
        assert_eq!(coordinator.get(&format!("{path}/values?count=true")).expect(200).json["total"], 3);
        assert_eq!(coordinator.delete(&path).expect(409).code(), "in_use");
    }
}

on_both! {
    fn a_value_without_a_number_or_of_the_future_is_a_fault(world) {
        world.country("PE");
        let coordinator = world.coordinator("PE");
        let path = format!("/indicators/{}/values", coordinator.post("/indicators", indicator(&item(world, &[]))).expect(201).id());
        let fault = |body: Value| coordinator.post(&path, body).expect(422).faults().remove(0);
        assert_eq!(fault(json!({"period": "2022"})), ("/value".to_owned(), "required".to_owned()));
        assert_eq!(fault(json!({"period": "2090", "value": 3})), ("/period".to_owned(), "in_the_future".to_owned()));
        assert_eq!(fault(json!({"period": "2022", "value": "doce"})), ("/value".to_owned(), "wrong_type".to_owned()));
        assert_eq!(fault(json!({"period": "2022", "value": 1e15})), ("/value".to_owned(), "invalid_number".to_owned()));
    }
}

on_both! {
    fn the_total_of_territories_follows_the_aggregation_of_the_indicator(world) {
        world.country("PE");
        let coordinator = world.coordinator("PE");
        let path = format!("/indicators/{}", coordinator.post("/indicators", indicator(&item(world, &[]))).expect(201).id());
        for (territory, value) in [("Puno", 0.1), ("Cusco", 0.2)] {
            record(&coordinator, &path, json!({"period": "2022", "territory": territory, "value": value}));
        }
        let point = |aggregation: &str| {
            coordinator.patch(&path, json!({"aggregation": aggregation})).expect(200).json["series"][0].clone()
        };
        assert_eq!((&point("none")["value"], &point("none")["territories"]), (&json!(null), &json!(2)));
        assert_eq!(point("sum")["value"], 0.3);
        assert_eq!(point("last")["value"], 0.2);
        record(&coordinator, &path, json!({"period": "2022", "value": 7}));
        assert_eq!(point("sum")["value"], 7, "a recorded total counts alone");
    }
}

on_both! {
    fn a_responsible_institution_sees_its_indicator_and_records_values(world) {
        let cpeti = world.commission("PE", "CPETI");
        let (ministry, region) = (world.institution("Ministerio de Trabajo"), world.institution("Gobierno regional"));
        let item = item(world, &[&cpeti]);
        let mut body = indicator(&item);
        body["responsible_ids"] = json!([region]);
        body["note"] = json!("Solo para quien edita");
        let path = format!("/indicators/{}", world.coordinator("PE").post("/indicators", body).expect(201).id());
        let representative = world.representative(&region);
        let seen = representative.get(&path).expect(200).json;
        assert_eq!(seen.get("note"), None);
        representative.patch(&path, json!({"unit": "x"})).expect(403);
        let value = record(&representative, &path, json!({"period": "2022", "value": 3}));
        assert_eq!(value["author"]["id"], json!(representative.id.unwrap()));
        assert_eq!(representative.get("/indicators").expect(200).items().len(), 1);
        let other = world.representative(&ministry);
        other.get(&path).expect(404);
        other.post(&format!("{path}/values"), json!({"period": "2022", "value": 3})).expect(404);
        world.member(&cpeti, &ministry, "member");
        let refused = other.post(&format!("{path}/values"), json!({"period": "2022", "value": 3})).expect(403);
        assert!(refused.json["detail"].as_str().unwrap().contains("institución responsable del indicador"), "{}", refused.text);
        // A representative in the commission of the plan may record too; one in another commission may not see the indicator.
        world.representative_in(&cpeti, &region).post(&format!("{path}/values"), json!({"period": "2021", "value": 2})).expect(201);
        let elsewhere = world.commission("PE", "CNPTP");
        world.representative_in(&elsewhere, &region).get(&path).expect(404);
    }
}

on_both! {
    fn the_list_filters_by_item_plan_country_and_institution(world) {
        let admin = world.admin();
        let (one, two) = (item(world, &[]), item(world, &[]));
        let region = world.institution("Gobierno regional");
        let first = admin.post("/indicators", indicator(&one)).expect(201).json;
        let mut body = indicator(&two);
        body["responsible_ids"] = json!([region]);
        let second = admin.post("/indicators", body).expect(201).json;
        let ids = |query: String| {
            let page = admin.get(&format!("/indicators?{query}")).expect(200);
            page.items().iter().map(|one| one["id"].clone()).collect::<Vec<_>>()
        };
        assert_eq!(ids(format!("plan_item_id={one}")), [first["id"].clone()]);
        assert_eq!(ids(format!("plan_id={}", second["plan_id"].as_str().unwrap())), [second["id"].clone()]);
        assert_eq!(ids(format!("responsible_id={region}")), [second["id"].clone()]);
        assert_eq!(ids("country_code=PE".to_owned()).len(), 2);
        assert_eq!(ids("country_code=CL".to_owned()).len(), 0);
        assert_eq!(ids("limit=1".to_owned()), [first["id"].clone()]);
    }
}

on_both! {
    fn an_indicator_stays_in_its_country_and_its_item_in_use(world) {
        let admin = world.admin();
        let (one, two) = (item(world, &[]), item(world, &[]));
        world.country("CL");
        let plan = json!({"country_code": "CL", "kind": "policy", "title": "Política"});
        let plan = admin.post("/plans", plan).expect(201).id();
        let abroad = admin.post(&format!("/plans/{plan}/items"), json!({"kind": "action", "title": "Acción"})).expect(201).id();
        let path = format!("/indicators/{}", admin.post("/indicators", indicator(&one)).expect(201).id());
        let moved = admin.patch(&path, json!({"plan_item_id": two})).expect(200).json;
        assert_eq!(moved["plan_item_id"], two.as_str());
        assert_eq!(admin.patch(&path, json!({"plan_item_id": abroad})).expect(422).faults()[0].1, "other_country");
        let plan = moved["plan_id"].as_str().unwrap();
        assert_eq!(admin.delete(&format!("/plans/{plan}/items/{two}")).expect(409).code(), "in_use");
    }
}

/// Returns a dataset of Peru with one indicator and these values.
fn dataset(values: Value) -> Value {
    json!({
        "articula": 1, "country": {"code": "PE", "name": "Perú", "time_zone": "America/Lima", "locale": "es-PE"},
        "institutions": [{"key": "region", "name": "Gobierno regional", "sector": "government"}],
        "plans": [{"key": "p", "kind": "policy", "title": "Política", "items": [{"key": "s1", "kind": "service", "title": "Registro"}]}],
        "indicators": [{"key": "i", "plan_item": "s1", "name": "Distritos", "unit": "%", "aggregation": "none", "responsibles": ["region"], "values": values}],
    })
}

on_both! {
    fn a_dataset_brings_values_once_and_other_content_as_a_correction(world) {
        let admin = world.admin();
        let first = dataset(json!([{"period": "2021", "value": 10}, {"period": "2022", "value": 12.5, "preliminary": true}]));
        let counts = |document: &Value, kind: &str| admin.post("/imports", document.clone()).expect(200).json["counts"][kind].clone();
        assert_eq!(counts(&first, "indicator_value")["created"], 2);
        assert_eq!(counts(&first, "indicator_value"), json!({"created": 0, "updated": 0, "unchanged": 2, "rejected": 0}));
        let corrected = dataset(json!([{"period": "2021", "value": 10}, {"period": "2022", "value": 12.5, "preliminary": true}, {"period": "2022", "value": 11}]));
        assert_eq!(counts(&corrected, "indicator_value")["created"], 1);
        assert_eq!(counts(&corrected, "indicator_value")["unchanged"], 3);
        let shown = admin.get("/indicators?country_code=PE").expect(200).items()[0].clone();
        assert_eq!((&shown["latest"]["value"], &shown["latest"]["preliminary"]), (&json!(11), &json!(false)));
        let values = admin.get(&format!("/indicators/{}/values", shown["id"].as_str().unwrap())).expect(200);
        assert_eq!((&values.items()[0]["author"], &values.items()[0]["imported_by"]["id"]), (&json!(null), &json!(admin.id.unwrap())));
        assert_eq!(admin.get("/export?country_code=PE").expect(200).json["indicators"], corrected["indicators"]);
        let faulty = dataset(json!([{"period": "2099", "value": 1}, {"period": "2020", "value": 1.234_567_89}]));
        let faults = admin.post("/imports", faulty).expect(422).faults();
        let found: Vec<_> = faults.iter().map(|(pointer, code)| (pointer.as_str(), code.as_str())).collect();
        assert_eq!(found, [("/indicators/0/values/0/period", "in_the_future"), ("/indicators/0/values/1/value", "invalid_number")]);
    }
}

on_both! {
    fn the_series_comes_as_a_workbook_and_as_a_document(world) {
        world.country("PE");
        let coordinator = world.coordinator("PE");
        let path = format!("/indicators/{}", coordinator.post("/indicators", indicator(&item(world, &[]))).expect(201).id());
        record(&coordinator, &path, json!({"period": "2022", "value": 1234.5, "preliminary": true}));
        let text = coordinator.get(&format!("{path}/document?format=md&lang=es")).expect(200).text;
        for part in ["Distritos con autorizaciones registradas", "1,234.5", "Valor preliminar", "se alcanzó", "sin dato", "12.5"] {
            assert!(text.contains(part), "{part}: {text}");
        }
        let english = coordinator.get(&format!("{path}/document?lang=en")).expect(200).text;
        assert!(english.contains("Preliminary value") && english.contains("no data"), "{english}");
        for part in ["- **País:** Perú\n", "- **Plan:** ", "- **Punto del plan que mide:** ", "- **Fecha del documento:** ", "Datos al "] {
            assert!(text.contains(part), "{part}: {text}");
        }
        let word = coordinator.get(&format!("{path}/document?format=docx")).expect(200).bytes;
        let mut package = zip::ZipArchive::new(std::io::Cursor::new(word)).unwrap();
        assert!(package.by_name("word/media/chart0.png").is_ok(), "the chart is a picture");
        for format in ["docx", "pdf", "xlsx"] {
            let answer = coordinator.get(&format!("{path}/document?format={format}")).expect(200);
            assert!(answer.header("content-disposition").unwrap().ends_with(&format!(".{format}\"")));
        }
        coordinator.get(&format!("{path}/document?format=csv")).expect(400);
        let english = coordinator.patch(&path, json!({"translations": {"en": {"name": "Districts with a register"}}})).expect(200);
        assert_eq!(english.json["name"], "Distritos con autorizaciones registradas");
        let title = coordinator.get(&format!("{path}/document?lang=en")).expect(200).text;
        assert!(title.starts_with("# Districts with a register\n"), "{title}");
        assert_eq!(title.matches("1,234.5").count(), 3, "in the series, the targets and the recorded values: {title}");
        let quarters = indicator_of_quarters(&coordinator, &path);
        assert!(quarters.contains("primer trimestre de 2023") && !quarters.contains("2023-Q1"), "{quarters}");
    }
}

/// Records a quarter and returns the document, whose workbook has years, moments and periods in the cells that people expect.
fn indicator_of_quarters(who: &Person<'_>, path: &str) -> String {
    record(who, path, json!({"period": "2023-Q1", "value": 3}));
    let file = who.get(&format!("{path}/document?format=xlsx&lang=es")).expect(200).bytes;
    let mut book = calamine::Xlsx::new(Cursor::new(file)).unwrap();
    let sheet = |book: &mut calamine::Xlsx<_>, name: &str| book.worksheet_range(name).unwrap();
    let targets = sheet(&mut book, "Metas");
    assert_eq!((&targets[(1, 0)], &targets[(2, 0)]), (&Data::Float(2019.0), &Data::Float(2022.0)));
    let values = sheet(&mut book, "Valores registrados");
    assert_eq!(values[(2, 0)], Data::String("primer trimestre de 2023".into()));
    assert!(matches!(values[(2, 7)], Data::DateTime(_)), "{:?}", values[(2, 7)]);
    who.get(&format!("{path}/document?lang=es")).expect(200).text
}

on_both! {
    fn the_form_of_a_value_has_rows_of_evidence_with_their_faults(world) {
        world.country("PE");
        let coordinator = world.coordinator("PE");
        let path = format!("/indicators/{}", coordinator.post("/indicators", indicator(&item(world, &[]))).expect(201).id());
        let browser = Browser::of(world, &coordinator);
        let one = browser.open(&format!("{path}/values/new")).form().set("period", "2022").set("value", "7").set("evidence/0/title", "Acta");
        let two = browser.submit(&one.set("add", "evidence")).expect(200).form();
        let left = browser.submit(&two.set("evidence/1/url", "https://example.org/boletin").set("remove", "evidence/0")).expect(200).form();
        assert_eq!(left.value("evidence/0/url"), "https://example.org/boletin");
        let refused = browser.submit(&left.file("evidence/0/file", "nota.txt", b"una nota")).expect(422);
        assert_eq!(refused.texts("#evidence-0 > .fault").len(), 1, "a file and an address: {}", refused.text);
        browser.submit(&refused.form().set("evidence/0/url", "")).expect(303);
        let value = coordinator.get(&format!("{path}/values")).expect(200).items()[0].clone();
        assert_eq!((&value["evidence"][0]["title"], value["evidence"][0]["file_id"].is_string()), (&json!("nota.txt"), true));
    }
}

on_both! {
    fn a_territory_counts_once_however_it_is_written_and_a_missing_one_is_not_zero(world) {
        world.country("PE");
        let coordinator = world.coordinator("PE");
        let mut body = indicator(&item(world, &[]));
        (body["aggregation"], body["targets"]) = (json!("sum"), json!([{"year": 2022, "value": 10}]));
        let path = format!("/indicators/{}", coordinator.post("/indicators", body).expect(201).id());
        for (territory, value, revision) in [("Áncash", 5, 1), ("  ancash ", 6, 2), ("ÁNCASH", 7, 3), ("Madre  de Dios", 4, 1)] {
            let stored = record(&coordinator, &path, json!({"period": "2022", "territory": territory, "value": value}));
            let name = if value == 4 { "Madre de Dios" } else { "Áncash" };
            assert_eq!((&stored["territory"], &stored["revision"]), (&json!(name), &json!(revision)), "{territory}");
        }
        let shown = || coordinator.get(&path).expect(200).json;
        assert_eq!((&shown()["series"][0]["value"], &shown()["progress"][0]["state"]), (&json!(11), &json!("met")));
        record(&coordinator, &path, json!({"period": "2022", "territory": "Madre de Dios", "value": null}));
        let point = shown()["series"][0].clone();
        assert_eq!((&point["value"], &point["missing_territories"]), (&json!(null), &json!(["Madre de Dios"])));
        assert_eq!(shown()["progress"][0]["state"], "unknown");
        let page = Browser::of(world, &coordinator).open(&path);
        page.shows("sin total; falta el valor de Madre de Dios");
        assert_eq!(coordinator.patch(&path, json!({"unit": "casos\n# Título"})).expect(422).faults(), [("/unit".into(), "not_one_line".into())]);
    }
}

on_both! {
    fn a_correction_by_another_person_keeps_the_files_of_the_value(world) {
        let cpeti = world.commission("PE", "CPETI");
        let region = world.institution("Gobierno regional");
        let mut body = indicator(&item(world, &[&cpeti]));
        body["responsible_ids"] = json!([region]);
        let coordinator = world.coordinator("PE");
        let path = format!("/indicators/{}", coordinator.post("/indicators", body).expect(201).id());
        let representative = world.representative(&region);
        let (bytes, kind) = crate::access_matrix::upload();
        let file = representative.with("content-type", kind).call("POST", "/files", Some(bytes)).expect(201).id();
        let evidence = json!([{"title": "Oficio", "file_id": file}]);
        record(&representative, &path, json!({"period": "2022", "value": 3, "evidence": evidence}));
        let corrected = record(&coordinator, &path, json!({"period": "2022", "value": 4, "evidence": evidence}));
        assert_eq!((&corrected["revision"], &corrected["evidence"][0]["file_id"]), (&json!(2), &json!(file)));
    }
}
