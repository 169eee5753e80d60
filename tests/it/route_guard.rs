//! Checks the methods and query parameters of every path, the language of answers, and the timeouts of bodies.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use serde_json::json;

use crate::access_matrix::sound_calls;
use crate::on_both;
use crate::schemas::document;

const METHODS: [&str; 5] = ["GET", "POST", "PUT", "PATCH", "DELETE"];

on_both! {
    fn an_unknown_or_repeated_query_parameter_is_refused_by_every_call(world) {
        let admin = world.admin();
        let mut broken = Vec::new();
        for call in sound_calls(world) {
            let mark = if call.path.contains('?') { '&' } else { '?' };
            let body = call.body.as_ref().map(|body| body.to_string().into_bytes());
            let answer = admin.call(call.method, &format!("{}{mark}no_such=1", call.path), body);
            let names_it = answer.json["detail"].as_str().is_some_and(|text| text.contains("«no_such»"));
            if answer.status != 400 || answer.code() != "invalid_query" || !names_it {
                broken.push(format!("{} {}: {} {}", call.method, call.route, answer.status, answer.text));
            }
        }
        assert!(broken.is_empty(), "{}", broken.join("\n"));
        let answer = admin.get("/institutions?q=a&q=b").expect(400);
        assert_eq!(answer.json["detail"], "El parámetro «q» está repetido: indíquelo una sola vez.");
    }
}

on_both! {
    fn a_wrong_value_of_a_parameter_is_named_with_the_parameter(world) {
        let admin = world.admin();
        let english = admin.with("accept-language", "en");
        for (query, parameter, value) in [
            ("/institutions?country_code=cl", "country_code", "cl"),
            ("/registry?country_code=chile&from=2023-01-01&to=2023-12-31", "country_code", "chile"),
            ("/institutions?sector=unknown", "sector", "unknown"),
            ("/institutions?limit=abc", "limit", "abc"),
            ("/institutions?limit=0", "limit", "0"),
            ("/institutions?cursor=AAAA", "cursor", "AAAA"),
            ("/meetings?from=2023-02-30", "from", "2023-02-30"),
            ("/meetings?commission_id=7", "commission_id", "7"),
            ("/commitments?status=planned,lost", "status", "lost"),
            ("/audit-log?from=ayer", "from", "ayer"),
            ("/reminders/preview?on=ayer", "on", "ayer"),
        ] {
            let told = admin.get(query).expect(400).json["detail"].clone();
            assert_eq!(told, format!("El parámetro «{parameter}» no admite el valor «{value}»."), "{query}");
            let told = english.get(query).expect(400).json["detail"].clone();
            assert_eq!(told, format!("The parameter \"{parameter}\" does not take the value \"{value}\"."), "{query}");
        }
        assert_eq!(admin.get("/registry?country_code=CL").expect(400).code(), "invalid_query");
        assert_eq!(admin.get("/export").expect(400).json["detail"], "Falta el parámetro «country_code».");
    }
}

on_both! {
    fn a_wrong_method_is_told_what_the_path_takes(world) {
        let admin = world.admin();
        let document = document();
        let mut broken = Vec::new();
        for (path, item) in document["paths"].as_object().unwrap() {
            let filled = path.split('/').map(|part| match part.split_once('}') {
                Some((_, rest)) => format!("0190a6f0-5c1e-7a3b-9d2e-2f1c3b4a5d6e{rest}"),
                None => part.to_owned(),
            });
            let filled = filled.collect::<Vec<_>>().join("/");
            let taken: Vec<&str> = METHODS.into_iter().filter(|method| item.get(method.to_lowercase()).is_some()).collect();
            for method in METHODS.into_iter().filter(|method| !taken.contains(method)) {
                let answer = admin.call(method, &filled, None);
                let allow = answer.header("allow").unwrap_or_default().to_owned();
                let listed = taken.iter().all(|method| allow.split(", ").any(|one| one == *method));
                if answer.status != 405 || answer.code() != "method_not_allowed" || !listed || allow.contains(method) && method != "GET" {
                    broken.push(format!("{method} {path}: {} {allow:?}", answer.status));
                }
            }
            let options = admin.call("OPTIONS", &filled, None);
            if options.status != 204 || options.header("allow").is_none() {
                broken.push(format!("OPTIONS {path}: {}", options.status));
            }
        }
        assert!(broken.is_empty(), "{}", broken.join("\n"));
        assert_eq!(admin.call("DELETE", "/nothing", None).status, 404);
    }
}

on_both! {
    fn head_is_answered_like_get_without_the_body(world) {
        let admin = world.admin();
        let id = world.institution("Ministerio");
        let path = format!("/institutions/{id}");
        let (get, head) = (admin.get(&path).expect(200), admin.call("HEAD", &path, None).expect(200));
        assert_eq!(head.header("etag"), get.header("etag"));
        assert_eq!(head.header("content-length"), get.header("content-length"));
        assert_eq!(head.text, "");
        assert_eq!(admin.call("HEAD", "/institutions/0190a6f0-5c1e-7a3b-9d2e-2f1c3b4a5d6e", None).status, 404);
        assert_eq!(admin.call("HEAD", "/healthz", None).status, 200);
    }
}

on_both! {
    fn an_answer_told_in_a_language_says_in_which(world) {
        let admin = world.admin().with("accept-language", "en");
        world.country("CL");
        let body = json!({"country_code": "CL", "kind": "workshop", "title": "Taller"});
        let made = admin.post("/activities", body).expect(201);
        let list = admin.get("/activities").expect(200);
        let problem = admin.get("/nothing").expect(404);
        for answer in [made, list, problem] {
            assert_eq!(answer.header("content-language"), Some("en"));
            assert_eq!(answer.header("vary"), Some("Accept-Language"));
        }
        assert_eq!(admin.get("/institutions").expect(200).header("content-language"), None);
    }
}

/// Returns the answer to a client that announces a body, sends half of it, and then nothing more.
fn half_sent(address: SocketAddr, token: &str, path: &str, media: &str, half: &str) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    let head = format!(
        "POST /api/v1{path} HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer {token}\r\ncontent-type: {media}\r\ncontent-length: 1000\r\n\r\n"
    );
    stream.write_all(format!("{head}{half}").as_bytes()).unwrap();
    let mut answer = String::new();
    let mut buffer = [0; 4096];
    while !answer.contains("body_too_slow") {
        match stream.read(&mut buffer).unwrap() {
            0 => break,
            size => answer.push_str(&String::from_utf8_lossy(&buffer[..size])),
        }
    }
    answer
}

on_both! {
    fn who_stops_sending_is_not_waited_for(world) {
        let (address, server) = world.impatient(Duration::from_millis(500));
        let token = world.admin().token().unwrap();
        let form = "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\nuna";
        for (path, media, half) in [
            ("/institutions", "application/json", "{\"name\": "),
            ("/imports", "application/json", "{\"articula\": 1"),
            ("/imports?country_code=CL", "text/csv", "Compromiso;"),
            ("/imports?country_code=CL", "multipart/form-data; boundary=x", form),
            ("/files", "multipart/form-data; boundary=x", form),
        ] {
            let answer = half_sent(address, &token, path, media, half);
            assert!(answer.starts_with("HTTP/1.1 408") && answer.contains("body_too_slow"), "{path} {media}: {answer}");
        }
        drop(server.stop(false));
    }
}
