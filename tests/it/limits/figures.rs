//! Checks that `/metrics` stays small whatever clients send, answers only its intended readers, and does not use the
//! database.

use std::net::TcpListener;
use std::sync::Arc;

use articula::config::Config;
use articula::http::State;
use tokio::sync::watch;

use super::raw::{address, exchange};
use crate::on_both;
use crate::support::{Kind, World};

/// The address of another server whose settings differ from those of the world.
fn server_with(world: &World, set: impl FnOnce(&mut Config)) -> std::net::SocketAddr {
    let mut config = Config::clone(&world.state.config);
    set(&mut config);
    world.serve(State { config: Arc::new(config), ..world.state.clone() }).0
}

fn get(at: std::net::SocketAddr, path: &str, headers: &str) -> String {
    exchange(at, format!("GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{headers}\r\n").as_bytes())
}

#[test]
fn invented_methods_do_not_enlarge_the_metrics() {
    let world = World::new(Kind::Sqlite);
    let mut bytes = Vec::new();
    for n in 0..10_000 {
        let end = if n == 9_999 { "Connection: close\r\n" } else { "" };
        let method = format!("M{n}{}", "X".repeat(200));
        bytes.extend(format!("{method} /api/v1/me HTTP/1.1\r\nHost: x\r\n{end}\r\n").into_bytes());
    }
    let answers = exchange(address(&world), &bytes);
    assert_eq!(answers.matches("HTTP/1.1 405").count(), 10_000, "{}", answers.get(..500).unwrap_or_default());
    let figures = world.nobody().get("/metrics").expect(200).text;
    assert!(figures.len() < 64 * 1024, "{} bytes", figures.len());
    assert!(figures.contains("articula_http_requests_total{method=\"other\",status=\"405\"} 10000"), "{figures}");
    assert!(!figures.contains("M17"), "{figures}");
}

on_both! {
    fn the_metrics_need_no_statement(world) {
        world.nobody().get("/metrics").expect(200);
        let before = world.statements();
        let figures = world.nobody().get("/metrics").expect(200).text;
        assert_eq!(world.statements(), before);
        assert!(figures.contains("articula_db_statements_total"), "{figures}");
        assert!(figures.contains("articula_audit_dropped_total 0"), "{figures}");
    }
}

#[test]
fn without_settings_only_programs_on_the_same_machine_get_the_metrics() {
    let world = World::new(Kind::Sqlite);
    let at = address(&world);
    assert!(get(at, "/metrics", "").starts_with("HTTP/1.1 200"));
    assert!(get(at, "/metrics", "X-Forwarded-For: 10.1.2.3\r\n").starts_with("HTTP/1.1 404"));
    assert!(get(at, "/metrics", "X-Forwarded-For: 127.0.0.1\r\n").starts_with("HTTP/1.1 404"));
    assert!(get(at, "/metrics", "Forwarded: for=10.1.2.3\r\n").starts_with("HTTP/1.1 404"));
}

#[test]
fn with_a_token_only_its_bearer_gets_the_metrics() {
    let world = World::new(Kind::Sqlite);
    let at = server_with(&world, |config| config.metrics_token = Some("un secreto largo".into()));
    assert!(get(at, "/metrics", "Authorization: Bearer un secreto largo\r\n").starts_with("HTTP/1.1 200"));
    for headers in [
        "",
        "Authorization: Bearer un secreto\r\n",
        "Authorization: Bearer un secreto largo y más\r\n",
        "Authorization: Bearer \r\n",
        "Authorization: Basic un secreto largo\r\n",
    ] {
        assert!(get(at, "/metrics", headers).starts_with("HTTP/1.1 404"), "{headers}");
    }
}

/// Serves the metrics of a world on a separate listener.
fn listener(world: &World, token: Option<&str>) -> std::net::SocketAddr {
    let socket = TcpListener::bind("127.0.0.1:0").unwrap();
    let at = socket.local_addr().unwrap();
    let token = token.map(str::to_owned);
    let config = Config { metrics_listen: Some(at), metrics_token: token, ..Config::clone(&world.state.config) };
    let state = State { config: Arc::new(config), ..world.state.clone() };
    std::thread::spawn(move || {
        let (_never, stopped) = watch::channel(false);
        let server = articula::app::serve_metrics(state, socket, stopped);
        actix_web::rt::System::new().block_on(server).unwrap();
    });
    at
}

#[test]
fn with_a_separate_listener_only_it_serves_the_metrics() {
    let world = World::new(Kind::Sqlite);
    let alone = listener(&world, None);
    assert!(get(alone, "/metrics", "").starts_with("HTTP/1.1 200"));
    assert!(get(alone, "/metrics", "X-Forwarded-For: 10.1.2.3\r\n").starts_with("HTTP/1.1 200"));
    assert!(get(alone, "/api/v1/me", "").starts_with("HTTP/1.1 404"));
    let root = server_with(&world, |config| config.metrics_listen = Some(alone));
    assert!(get(root, "/metrics", "").starts_with("HTTP/1.1 404"));
}

#[test]
fn with_a_separate_listener_and_a_token_both_are_needed() {
    let world = World::new(Kind::Sqlite);
    let alone = listener(&world, Some("un secreto largo"));
    assert!(get(alone, "/metrics", "Authorization: Bearer un secreto largo\r\n").starts_with("HTTP/1.1 200"));
    assert!(get(alone, "/metrics", "").starts_with("HTTP/1.1 404"));
    let root = server_with(&world, |config| {
        config.metrics_listen = Some(alone);
        config.metrics_token = Some("un secreto largo".into());
    });
    assert!(get(root, "/metrics", "Authorization: Bearer un secreto largo\r\n").starts_with("HTTP/1.1 404"));
}
