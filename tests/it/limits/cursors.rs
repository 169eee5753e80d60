//! Cursors that no list has made: every list refuses them, on both databases.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::access_matrix::sound_calls;
use crate::on_both;
use crate::schemas::document;

/// Returns invalid values of cursors as JSON, each day with a valid id.
fn values() -> Vec<String> {
    let id = "0190a6f0-5c1e-7a3b-9d2e-2f1c3b4a5d6e";
    let mut values = vec![
        r#""\u0000""#.to_owned(),
        r#""Z\u0000""#.to_owned(),
        r#"["Z\u0000", 1]"#.to_owned(),
        "[]".to_owned(),
        "{}".to_owned(),
        "1e400".to_owned(),
        "99999999999999999999".to_owned(),
        format!("\"{}\"", "Z".repeat(5000)),
    ];
    for day in ["\\u002d262143-01-01", "-0001-01-01", "+10000-01-01", "\\u002b262142-12-31", "2023-02-30"] {
        values.push(format!("[\"{day}\", \"{id}\"]"));
        values.push(format!("[\"{day}T00:00:00Z\", \"{id}\"]"));
    }
    values
}

on_both! {
    fn no_list_accepts_a_cursor_that_it_did_not_make(world) {
        let (admin, document) = (world.admin(), document());
        let (mut broken, mut lists) = (Vec::new(), 0);
        for call in sound_calls(world).into_iter().filter(|call| call.method == "GET") {
            let parameters = &document["paths"][call.route]["get"]["parameters"];
            if !parameters.as_array().is_some_and(|all| all.iter().any(|parameter| parameter["name"] == "cursor")) {
                continue;
            }
            lists += 1;
            let sign = if call.path.contains('?') { '&' } else { '?' };
            let mut cursors: Vec<String> = values().iter().map(|value| URL_SAFE_NO_PAD.encode(value)).collect();
            cursors.extend(["!", "AAAA", "%00"].map(str::to_owned));
            for cursor in cursors {
                let answer = admin.get(&format!("{}{sign}cursor={cursor}", call.path));
                if (answer.status, answer.code()) != (400, "invalid_query") {
                    broken.push(format!("{} with {cursor}: {}", call.route, answer.status));
                }
            }
        }
        assert!(lists > 20, "{lists}");
        assert!(broken.is_empty(), "{}", broken.join("\n"));
    }
}
