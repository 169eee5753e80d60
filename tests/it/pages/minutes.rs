//! The pages of the minutes of a session: from the template to the approval.

use serde_json::json;

use super::{checked, open};
use crate::meetings::{create, meeting, with};
use crate::on_both;
use crate::support::Browser;

on_both! {
    fn minutes_go_from_the_template_to_circulation_comment_and_approval(world) {
        let ceti = world.commission("CL", "CETI");
        let (minsal, alone) = (world.institution("Minsal"), world.institution("Sin correo"));
        world.member(&ceti, &minsal, "member");
        world.member(&ceti, &alone, "member");
        let (secretariat, member) = (world.secretariat(&ceti), world.representative(&minsal));
        let session = create(world, &meeting(&[&ceti]));
        let agenda = json!([{"title": "Cuenta de la secretaría", "kind": "information"}]);
        secretariat.put(&format!("{session}/agenda"), agenda).expect(200);
        let path = format!("{session}/minutes");
        Browser::of(world, &member).open(&path).shows("El acta todavía no está disponible");
        let writer = Browser::of(world, &secretariat);

        let page = checked(writer.open(&path));
        page.shows("Sin texto todavía").shows("Cada «…» marca lo que falta escribir").hides("Circular acta");
        let form = page.form();
        assert_eq!(form.value("body").trim(), "## 1. Cuenta de la secretaría\n\n…");
        let saved = checked(writer.submit_and_follow(&form));
        saved.shows("El borrador del acta está guardado.").shows("Borrador");
        saved.shows("Queda un lugar sin completar").shows("bajo «1. Cuenta de la secretaría», en la línea 3");
        saved.hides("Circular acta").hides("Aprobar acta");
        checked(writer.open(&format!("{path}/circulation"))).shows("Cuenta de la secretaría");
        let text = "## Desarrollo\n\nSe leyó el **acta** anterior. <script>x</script>";
        let complete = checked(writer.submit_and_follow(&saved.form().set("body", text)));
        complete.hides("sin completar").shows("Circular acta").shows("Aprobar acta");
        Browser::of(world, &member).open(&path).shows("El acta todavía no está disponible").hides("Se leyó");

        let circulation = checked(writer.open(&format!("{path}/circulation")));
        circulation.shows("1 persona recibe un correo").shows("No hay a quién escribir en 1 institución").shows("Sin correo");
        let asked = checked(writer.submit(&circulation.form().set("comments_until", "15 de septiembre de 2023")).expect(200));
        asked.shows("Entendido como 15 de septiembre de 2023.");
        world.notices();
        let circulated = checked(writer.submit_and_follow(&asked.form()));
        circulated.shows("El acta está en circulación.").shows("Se reciben observaciones hasta el 15 de septiembre de 2023.");
        assert!(world.notices().iter().any(|mail| mail.kind == "minutes_circulated" && mail.to == member.email));

        let reader = Browser::of(world, &member);
        let page = checked(reader.open(&path));
        page.shows("Se leyó el acta anterior. <script>x</script>");
        assert_eq!(page.texts(".prose strong"), ["acta"]);
        assert!(!page.text.contains("<script>x"));
        for format in ["pdf", "docx", "md"] {
            assert!(!reader.open(&format!("{path}/document?format={format}")).bytes.is_empty());
        }
        let comments = checked(reader.open(&page.link("Enviar observación")));
        checked(reader.submit(&comments.form()).expect(422)).shows("Hay algo que corregir");
        let commented = checked(reader.submit_and_follow(&comments.form().set("text", "Debe decir abril.")));
        commented.shows("La observación está enviada.").shows("Minsal").shows("Debe decir abril.");
        let received = checked(writer.open(&format!("{path}/comments"))).form();
        checked(writer.submit(&received.clone().set("text", "Por oficio.")).expect(422));
        let by_letter = received.set("text", "Por oficio.").set("institution_id", &alone);
        checked(writer.submit_and_follow(&by_letter)).shows("registrada por la secretaría");

        let approval = checked(writer.open(&format!("{path}/approval")));
        approval.shows("2 observaciones").shows("sigue abierto hasta el 15 de septiembre de 2023").shows("1 punto del orden del día");
        let approved = checked(writer.submit_and_follow(&approval.form()));
        approved.shows("El acta está aprobada.").shows("Versión 1, aprobada");
        open(world, &member, &path).shows("Aprobada");
        checked(reader.open(&format!("{path}/comments"))).shows("ya está aprobada y no recibe observaciones");
        let late = checked(reader.post(&format!("{path}/comments"), &[("text", "Tarde.")]).expect(409));
        assert_eq!(late.form().value("text"), "Tarde.");

        let rectification = checked(writer.open(&format!("{path}/rectification")));
        let rectified = checked(writer.submit_and_follow(&rectification.form().set("text", "En el punto 1 debe decir «abril».")));
        rectified.shows("El acta está rectificada.").shows("Versión 2, rectificada").shows("debe decir «abril»");
        assert_eq!(writer.submit(&approval.form()).expect(303).location(), format!("{path}?done=minutes-approved"));
        checked(writer.post(&format!("{path}/approval"), &[]).expect(409)).shows("Ir al texto del acta");
    }
}

on_both! {
    fn minutes_of_a_session_that_has_not_begun_are_not_offered_for_circulation(world) {
        let ceti = world.commission("CL", "CETI");
        let secretariat = world.secretariat(&ceti);
        let planned = with(meeting(&[&ceti]), json!({"held": null, "starts_at": "2023-10-10T13:00:00Z"}));
        let path = format!("{}/minutes", create(world, &planned));
        secretariat.put(&path, json!({"body": "Texto"})).expect(200);
        let page = open(world, &secretariat, &path);
        page.shows("La sesión todavía no empieza").hides("Circular acta").hides("Aprobar acta");
    }
}

on_both! {
    fn a_preview_saves_nothing(world) {
        let ceti = world.commission("CL", "CETI");
        let secretariat = world.secretariat(&ceti);
        let path = format!("{}/minutes", create(world, &meeting(&[&ceti])));
        let browser = Browser::of(world, &secretariat);
        let form = browser.open(&path).form().set("body", "## Cierre\n\n- Uno\n- *Dos*");
        let page = checked(browser.submit(&form.clone().set("preview", "true")).expect(200));
        assert_eq!(page.texts("#preview h3"), ["Cierre"]);
        assert_eq!(page.texts("#preview li"), ["Uno", "Dos"]);
        assert_eq!(page.form().value("body"), form.value("body"));
        secretariat.get(&path).expect(404);
        checked(browser.submit_and_follow(&page.form())).shows("El borrador del acta está guardado.");
        assert_eq!(secretariat.get(&path).expect(200).json["body"], form.value("body"));
    }
}

on_both! {
    fn two_people_who_write_the_same_minutes_see_both_texts(world) {
        let ceti = world.commission("CL", "CETI");
        let (one, two) = (world.secretariat(&ceti), world.secretariat(&ceti));
        let path = format!("{}/minutes", create(world, &meeting(&[&ceti])));
        one.put(&path, json!({"body": "Texto inicial"})).expect(200);
        let (first, second) = (Browser::of(world, &one), Browser::of(world, &two));
        let (own, other) = (first.open(&path).form(), second.open(&path).form());
        first.submit(&own.set("body", "Primer párrafo\n\nSegundo párrafo")).expect(303);
        let refused = checked(second.submit(&other.set("body", "Otro texto")).expect(409));
        refused.shows("Este registro cambió mientras tanto.").shows("Registrado ahora: Primer párrafo Segundo párrafo");
        assert_eq!(refused.form().value("body"), "Otro texto");
        assert_eq!(one.get(&path).expect(200).json["body"], "Primer párrafo\n\nSegundo párrafo", "nothing was saved");
        checked(second.submit_and_follow(&refused.form())).shows("El borrador del acta está guardado.");
        assert_eq!(one.get(&path).expect(200).json["body"], "Otro texto");
    }
}

on_both! {
    fn readers_go_on_reading_the_circulated_text_until_the_new_one_is_circulated(world) {
        let ceti = world.commission("CL", "CETI");
        let minsal = world.institution("Minsal");
        world.member(&ceti, &minsal, "member");
        let (secretariat, member) = (world.secretariat(&ceti), world.representative(&minsal));
        let path = format!("{}/minutes", create(world, &meeting(&[&ceti])));
        secretariat.put(&path, json!({"body": "Texto circulado"})).expect(200);
        secretariat.post(&format!("{path}/circulation"), json!({})).expect(200);
        let writer = Browser::of(world, &secretariat);
        checked(writer.open(&format!("{path}/circulation"))).shows("Este texto ya está en circulación.");
        let form = writer.open(&path).form().set("body", "Texto nuevo");
        checked(writer.submit_and_follow(&form)).shows("Este texto cambió después de la circulación.");
        open(world, &member, &path).shows("Texto circulado").hides("Texto nuevo");
        checked(writer.open(&format!("{path}/comments"))).shows("Texto circulado").hides("Texto nuevo");
    }
}

on_both! {
    fn only_those_who_may_write_the_session_decide_on_its_minutes(world) {
        let ceti = world.commission("CL", "CETI");
        let minsal = world.institution("Minsal");
        world.member(&ceti, &minsal, "member");
        let path = format!("{}/minutes", create(world, &meeting(&[&ceti])));
        world.admin().put(&path, json!({"body": "Texto"})).expect(200);
        let stranger = world.secretariat(&world.commission("CL", "MITP"));
        for page in ["", "/circulation", "/comments", "/approval", "/rectification", "/document", "/template"] {
            Browser::of(world, &stranger).get(&format!("{path}{page}")).expect(404);
        }
        for reader in [world.representative(&minsal), world.observer(&ceti)] {
            let browser = Browser::of(world, &reader);
            browser.open(&path).shows("El acta todavía no está disponible");
            browser.get(&format!("{path}/comments")).expect(404);
            for page in ["/circulation", "/approval", "/rectification", "/template"] {
                browser.get(&format!("{path}{page}")).expect(403);
            }
            browser.post(&path, &[("body", "Otro")]).expect(403);
        }
        for writer in [world.secretariat(&ceti), world.coordinator("CL"), world.admin()] {
            for page in ["", "/circulation", "/comments", "/approval", "/rectification"] {
                open(world, &writer, &format!("{path}{page}"));
            }
        }
    }
}
