//! The two reports of 2023 in other words, over the example data: they give the findings that their countries' editors
//! would have wanted. The marks are those of the reports; each row of a table names its rule.

use serde_json::{Value, json};

use super::{body, example, questions};
use crate::on_both;
use crate::support::Person;

/// Rule, question number, finding.
type Row = (&'static str, u64, &'static str);

const CHILE: &[Row] = &[
    ("trainings have dates", 1, "training_without_dates"),
    ("trainings have participants", 1, "training_without_participants"),
    ("dates have their year", 1, "date_unclear"),
    ("trainings have dates", 2, "training_without_dates"),
    ("trainings have participants", 2, "training_without_participants"),
    ("a seminar is a training", 3, "training_without_participants"),
    ("results, not processes", 3, "process_without_result"),
    ("dates have their year", 3, "date_unclear"),
    ("one seminar, entered twice", 3, "possible_duplicate"),
    ("a choice is marked", 4, "choice_unmarked"),
    ("support has an addressee", 7, "addressee_missing"),
    ("highlights are results", 9, "process_without_result"),
    ("dates have their year", 9, "date_unclear"),
    ("tools are shown", 15, "evidence_missing"),
    ("words of the form", 15, "template_residue"),
    ("parties have a level", 17, "level_missing"),
    ("words of the form", 19, "template_residue"),
    ("kinds marked are named", 22, "partner_type_mismatch"),
    ("declared and listed agree", 23, "count_mismatch"),
];

const PERU: &[Row] = &[
    ("results, not processes", 1, "process_without_result"),
    ("few and young people", 1, "personal_data"),
    ("evidence of the period", 1, "evidence_after_period"),
    ("inside the period", 3, "outside_period"),
    ("inside the period", 6, "outside_period"),
    ("results, not processes", 8, "process_without_result"),
    ("inside the period", 16, "outside_period"),
    ("each theme has an entry", 19, "theme_without_entry"),
    ("support has an addressee", 21, "addressee_missing"),
    ("serves the roadmap", 25, "no_plan_item"),
    ("others are named", 28, "other_without_text"),
    ("parties have a level", 31, "level_missing"),
    ("kinds named are marked", 32, "partner_type_mismatch"),
    ("words of the form", 33, "template_residue"),
    ("few people", 41, "personal_data"),
];

/// Begins the report and puts the answers, by question number.
fn answered(who: &Person<'_>, country: &str, plan: &str, answers: &[(u64, Value)]) -> Value {
    let report = who.post("/reports", body(country, plan)).expect(201).json;
    let id = report["id"].as_str().unwrap();
    for (number, answer) in answers {
        let key = questions(&report)[*number as usize - 1]["key"].as_str().unwrap().to_owned();
        who.put(&format!("/reports/{id}/answers/{key}"), answer.clone()).expect(200);
    }
    who.get(&format!("/reports/{id}")).expect(200).json
}

fn codes(report: &Value, number: u64) -> Vec<&str> {
    let findings = questions(report)[number as usize - 1]["answer"]["findings"].as_array().unwrap();
    findings.iter().map(|finding| finding["code"].as_str().unwrap()).collect()
}

#[track_caller]
fn check(report: &Value, table: &[Row]) {
    let missing: Vec<_> = table.iter().filter(|(_, number, code)| !codes(report, *number).contains(code)).collect();
    let found: Vec<_> = (1..=questions(report).len() as u64).map(|number| (number, codes(report, number))).collect();
    assert!(missing.is_empty(), "not found: {missing:#?}\nfound: {found:?}");
    assert_eq!(report["finding_counts"]["error"], 0, "found: {found:?}");
}

fn chile() -> Vec<(u64, Value)> {
    let kinds = json!(["pathfinder_countries", "ilo", "un_agencies", "intl_cso"]);
    let partner = |name: &str, kind: &str| json!({"partner": name, "partner_type": kind});
    vec![
        (1, json!({"text": "En 2023 se levantó en terreno la EANNA. El 22 de agosto se capacitó a la CAMTRAFOR."})),
        (3, json!({"text": "Se mantuvo el funcionamiento de la CETI. El 17 de junio se conmemoró el Día Mundial."})),
        (4, json!({})),
        (
            5,
            json!({"text": "Avanzar juntas las tres comisiones: trabajo infantil.\nPlan contra el trabajo forzoso.\nPlan sobre trata de personas."}),
        ),
        (6, json!({"text": "Compartir información entre instituciones con resguardo de la confidencialidad."})),
        (7, json!({"text": "Asistencia técnica para la nueva estrategia y para generar conocimiento."})),
        (8, json!({"choices": ["great"]})),
        (
            9,
            json!({"text": "La EANNA contra el trabajo infantil, cuyos resultados salen a finales de este año.\nEl plan contra el trabajo forzoso.\nEl proceso de actualización del protocolo sobre trata de personas."}),
        ),
        (10, json!({"choices": ["no"]})),
        (11, json!({"text": "No aplica."})),
        (12, json!({"text": "No hay presupuesto propio para cada materia."})),
        (14, json!({"choices": ["other"], "other_text": "Registros de actividades de cada comisión"})),
        (15, json!({"text": "Ejemplo:\n\nEncuestas:\n\nEstudios de casos:"})),
        (16, json!({"text": "Los avances se recogen por separado en cada materia."})),
        (17, json!({"text": "OIT: apoyo al seguimiento de la estrategia nacional."})),
        (18, json!({"choices": kinds})),
        (
            19,
            json!({"text": "Ejemplo:", "rows": [partner("Argentina", "pathfinder_countries"), partner("OIT", "ilo"), partner("UNICEF", "un_agencies"), partner("Programa de Comida Justa", "intl_cso")]}),
        ),
        (20, json!({"choices": ["yes"]})),
        (21, json!({"text": "La reunión anual de la Iniciativa Regional, en Lima."})),
        (22, json!({"choices": ["employers", "workers", "local_cso", "ministries", "survivors"]})),
        (
            23,
            json!({"rows": [partner("Red de Empresas", "employers"), partner("Central Unitaria", "workers"), partner("Corporación", "local_cso"), partner("Ministerio de Salud", "ministries")]}),
        ),
        (24, json!({"choices": ["yes"]})),
        (25, json!({"text": "Se invitó a nuevas instituciones."})),
        (26, json!({"choices": ["yes"]})),
        (27, json!({"text": "Las tres comisiones se coordinan mejor."})),
        (28, json!({"choices": ["no"]})),
        (29, json!({})),
    ]
}

fn peru() -> Vec<(u64, Value)> {
    let partner = |name: &str, kind: &str| json!({"partner": name, "partner_type": kind});
    vec![
        (
            1,
            json!({"text": "Seis gobiernos locales crearon el modelo municipal. Se realizan coordinaciones con otras regiones. De los 5 casos detectados, dos personas tienen 17 años de edad."}),
        ),
        (8, json!({"text": "Se estuvo revisando el borrador del convenio tripartito."})),
        (
            19,
            json!({"text": "i) El modelo municipal contra el trabajo infantil.\nii) El protocolo contra el trabajo infantil.\niii) Un convenio para víctimas de trabajo forzoso y trata de personas."}),
        ),
        (
            21,
            json!({"text": "Asistencia técnica para las políticas, encuestas, pasantías y plataformas de seguimiento."}),
        ),
        (22, json!({"choices": ["some"]})),
        (
            23,
            json!({"text": "Trabajo infantil: ordenanzas del modelo municipal de 2023.\nTrabajo forzoso: el protocolo publicado en diciembre de 2023.\nTrata de personas: la campaña Corazón Azul."}),
        ),
        (24, json!({"choices": ["yes"]})),
        (28, json!({"choices": ["other"], "other_text": "___"})),
        (31, json!({"text": "Dos organizaciones de la sociedad civil apoyan las prioridades nacionales."})),
        (32, json!({"choices": ["pathfinder_countries", "ilo", "other"], "other_text": "Gobierno del Brasil"})),
        (
            33,
            json!({"text": "OIT [especificar nombre y describa la colaboración]", "rows": [partner("Ecuador", "pathfinder_countries"), partner("OIT", "ilo"), partner("UNODC", "un_agencies"), partner("OIM", "un_agencies"), partner("Gobierno del Brasil", "other")]}),
        ),
        (34, json!({"choices": ["yes"]})),
        (36, json!({"choices": ["private_sector", "employers", "workers", "local_cso", "ministries", "survivors"]})),
        (38, json!({"choices": ["yes"]})),
        (40, json!({"choices": ["yes"]})),
        (
            41,
            json!({"text": "Hay más compromiso. En 2023 se atendió a ocho (8) víctimas gracias al equipo binacional."}),
        ),
        (42, json!({"choices": ["yes"]})),
        (43, json!({"choices": ["priorities"], "text": "Conviene actualizar el modelo de identificación de riesgo."})),
    ]
}

on_both! {
    fn the_report_of_chile_gives_the_findings_of_its_faults(world) {
        let plan = example(world, "chile-2023.json", "CL");
        let who = world.admin();
        let listed = who.get("/activities?country_code=CL&q=seminario").expect(200);
        let seminar = &listed.items()[0];
        let mut again = json!({"country_code": "CL", "kind": "seminar", "title": "Seminario Binacional “Chile – Argentina: Junt@s por la niñez y adolescencias plenas”", "starts": "2023-08", "status": "validated"});
        for field in ["commission_ids", "organizer_ids", "partner_ids", "plan_item_ids"] {
            again[field] = seminar[field].clone();
        }
        who.post("/activities", again).expect(201);
        let report = answered(&who, "CL", &plan, &chile());
        check(&report, CHILE);
        assert_eq!(codes(&report, 11), [""; 0], "a bare «no aplica» is as good as empty");
        assert_eq!(codes(&report, 29), [""; 0], "nothing is to be updated, and nothing is marked");
        assert!(!codes(&report, 18).contains(&"partner_type_mismatch"));
    }
}

on_both! {
    fn the_report_of_peru_gives_the_findings_of_its_faults(world) {
        let plan = example(world, "peru-2023.json", "PE");
        let report = answered(&world.admin(), "PE", &plan, &peru());
        check(&report, PERU);
        assert_eq!(codes(&report, 43), [""; 0], "a mark and a text of its own");
        assert!(!codes(&report, 23).contains(&"theme_without_entry"));
    }
}
