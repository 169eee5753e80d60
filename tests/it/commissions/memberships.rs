//! Memberships of institutions in a commission.

use articula::dates::parse_day;
use articula::db::{CommissionId, InstitutionId};
use articula::testing::access::Visibility;
use articula::testing::commissions::{commission, quorum_rules, voters_on};
use serde_json::json;

use crate::on_both;

on_both! {
    fn an_institution_joins_votes_by_its_role_and_is_counted(world) {
        let id = world.commission("CL", "CETI");
        let path = format!("/commissions/{id}/memberships");
        let secretariat = world.secretariat(&id);
        let (lead, keeper, guest) = (world.institution("MTPS"), world.institution("Subtrab"), world.institution("OIT"));
        let body = json!({"institution_id": lead, "role": "lead", "from": "2021-08-05", "when_text": "desde 2021", "basis": "Decreto"});
        let made = secretariat.post(&path, body).expect(201);
        assert_eq!((&made.json["has_vote"], &made.json["to"], &made.json["commission_id"]), (&json!(true), &json!(null), &json!(id)));
        assert_eq!(secretariat.get(&format!("{path}/{}", made.id())).expect(200).json, made.json);
        world.member(&id, &keeper, "secretariat");
        let invited = secretariat.post(&path, json!({"institution_id": guest, "role": "guest"})).expect(201);
        assert_eq!(invited.json["has_vote"], false);
        let shown = secretariat.get(&format!("/commissions/{id}")).expect(200).json;
        assert_eq!(shown["lead_institution_id"], lead);
        assert_eq!((&shown["secretariat_institution_id"], &shown["listed_member_count"]), (&json!(keeper), &json!(2)));
        let one = format!("{path}/{}", invited.id());
        assert_eq!(secretariat.patch(&one, json!({"role": "member"})).expect(200).json["has_vote"], true, "the vote goes with the role");
        assert_eq!(secretariat.patch(&one, json!({"has_vote": false})).expect(200).json["has_vote"], false);
        assert_eq!(secretariat.patch(&one, json!({"basis": "Invitada"})).expect(200).json["has_vote"], false);
        assert_eq!(secretariat.patch(&one, json!({"has_vote": null})).expect(200).json["has_vote"], true);
    }
}

on_both! {
    fn an_institution_leaves_and_rejoins_but_never_belongs_twice_at_a_time(world) {
        let id = world.commission("CL", "CETI");
        let (path, admin) = (format!("/commissions/{id}/memberships"), world.admin());
        let institution = world.institution("Minsal");
        let period = |from: Option<&str>, to: Option<&str>| json!({"institution_id": institution, "role": "member", "from": from, "to": to});
        let first = admin.post(&path, period(Some("2020-01-01"), Some("2021-12-31"))).expect(201);
        let second = admin.post(&path, period(Some("2023-01-01"), None)).expect(201);
        for (from, to) in [
            (Some("2021-12-31"), Some("2022-01-01")),
            (Some("2022-06-01"), Some("2023-01-01")),
            (None, Some("2020-01-01")),
            (Some("2030-01-01"), None),
            (None, None),
            (Some("2020-06-01"), Some("2020-07-01")),
        ] {
            assert_eq!(admin.post(&path, period(from, to)).expect(409).code(), "overlapping_membership", "{from:?} {to:?}");
        }
        admin.post(&path, period(Some("2022-01-01"), Some("2022-12-31"))).expect(201);
        let longer = admin.patch(&format!("{path}/{}", first.id()), json!({"to": "2022-01-01"})).expect(409);
        assert_eq!(longer.code(), "overlapping_membership");
        admin.patch(&format!("{path}/{}", second.id()), json!({"to": "2024-12-31"})).expect(200);
        let elsewhere = world.commission("CL", "MITP");
        admin.post(&format!("/commissions/{elsewhere}/memberships"), period(None, None)).expect(201);
    }
}

on_both! {
    fn a_days_members_are_those_whose_period_holds_it(world) {
        let id = world.commission("CL", "CETI");
        let (path, admin) = (format!("/commissions/{id}/memberships"), world.admin());
        let (always, gone, coming) = (world.institution("A"), world.institution("B"), world.institution("C"));
        world.member(&id, &always, "member");
        admin.post(&path, json!({"institution_id": gone, "role": "lead", "to": "2023-08-31"})).expect(201);
        admin.post(&path, json!({"institution_id": coming, "role": "member", "from": "2023-09-01"})).expect(201);
        let on = |day: &str| -> Vec<String> {
            let answer = admin.get(&format!("{path}?on={day}")).expect(200);
            answer.items().iter().map(|item| item["institution_id"].as_str().unwrap().to_owned()).collect()
        };
        assert_eq!(on("2023-08-31"), [always.clone(), gone.clone()]);
        assert_eq!(on("2023-09-01"), [always.clone(), coming.clone()]);
        let shown = admin.get(&format!("/commissions/{id}")).expect(200).json;
        assert_eq!((&shown["listed_member_count"], &shown["lead_institution_id"]), (&json!(2), &json!(null)));
        world.at("2023-09-01T03:00:00Z");
        let shown = admin.get(&format!("/commissions/{id}")).expect(200).json;
        assert_eq!(shown["lead_institution_id"], gone, "in Santiago it is still August");
        let of_one = admin.get(&format!("{path}?institution_id={coming}")).expect(200);
        assert_eq!(of_one.items().len(), 1);
        for bad in ["on=yesterday", "on=2023-02-30", "on=2023-2-3", "on=2300-01-01", "on=", "institution_id=7", "limit=0", "colour=red", "cursor=x"] {
            admin.get(&format!("{path}?{bad}")).expect(400);
        }
    }
}

on_both! {
    fn every_wrong_field_of_a_membership_is_reported(world) {
        let id = world.commission("CL", "CETI");
        let institution = world.institution("Minsal");
        for (field, value, pointer, code) in [
            ("institution_id", json!(null), "/institution_id", "required"),
            ("institution_id", json!("x"), "/institution_id", "invalid_id"),
            ("institution_id", json!(id), "/institution_id", "unknown_reference"),
            ("role", json!("chief"), "/role", "not_a_choice"),
            ("has_vote", json!("yes"), "/has_vote", "wrong_type"),
            ("from", json!("2023-06"), "/from", "invalid_date"),
            ("to", json!("2019-12-31"), "/to", "contradictory"),
            ("when_text", json!("x".repeat(301)), "/when_text", "too_long"),
            ("basis", json!(""), "/basis", "blank"),
            ("commission_id", json!(id), "/commission_id", "unknown_field"),
        ] {
            let mut body = json!({"institution_id": institution, "role": "member", "from": "2020-01-01"});
            body[field] = value;
            let answer = world.admin().post(&format!("/commissions/{id}/memberships"), body).expect(422);
            assert_eq!(answer.faults(), [(pointer.to_owned(), code.to_owned())], "{field}");
        }
    }
}

on_both! {
    fn two_at_once_never_enter_one_institution_twice(world) {
        let id = world.commission("CL", "CETI");
        let (path, institution) = (format!("/commissions/{id}/memberships"), world.institution("Minsal"));
        let statuses: Vec<u16> = std::thread::scope(|scope| {
            let one = || scope.spawn(|| {
                world.admin().post(&path, json!({"institution_id": institution, "role": "member"})).status
            });
            let all: Vec<_> = (0..6).map(|_| one()).collect();
            all.into_iter().map(|one| one.join().unwrap()).collect()
        });
        assert_eq!(statuses.iter().filter(|status| **status == 201).count(), 1, "{statuses:?}");
        assert!(statuses.iter().all(|status| [201, 409].contains(status)), "{statuses:?}");
    }
}

on_both! {
    fn the_voters_of_a_day_and_the_rule_decide_the_quorum(world) {
        let (ruled, unruled) = (world.commission("PE", "CPETI"), world.commission("PE", "CER"));
        let quorum = json!({"fraction": "1/2", "strict": true, "second_call": {"fraction": "1/3", "minimum": 3}});
        world.admin().patch(&format!("/commissions/{ruled}"), json!({"quorum": quorum})).expect(200);
        let (lead, guest) = (world.institution("MTPE"), world.institution("OIT"));
        world.member(&ruled, &lead, "lead");
        world.member(&ruled, &guest, "guest");
        let [ruled, unruled] = [ruled, unruled].map(|id| id.parse::<CommissionId>().unwrap());
        let day = parse_day("2023-08-22").unwrap();
        world.state.db.read(|conn| {
            let before = world.statements();
            let voters = voters_on(conn, &[ruled, unruled], day)?;
            let rules = quorum_rules(conn, &[ruled, unruled])?;
            assert_eq!(world.statements() - before, 2);
            assert_eq!(voters[&ruled], [lead.parse::<InstitutionId>().unwrap()]);
            assert!(voters[&unruled].is_empty() && !rules.contains_key(&unruled));
            assert_eq!((rules[&ruled].required(16), rules[&ruled].second_call_required(16)), (9, Some(6)));
            let whole = commission(conn, &Visibility::everything(), ruled, world.clock.now())?;
            assert_eq!(whole.fields.quorum.as_ref(), Some(&rules[&ruled]));
            Ok(())
        }).unwrap();
    }
}
