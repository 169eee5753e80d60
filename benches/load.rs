//! The helper of `load.sh`: seeds a database, and runs the statements of a request on the database alone.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::disallowed_methods,
    clippy::type_complexity,
    reason = "a measurement may panic, and prints its results"
)]

#[path = "load/pgbench.rs"]
mod pgbench;
#[path = "support/seed.rs"]
mod seed;
#[path = "support/server.rs"]
#[allow(dead_code, reason = "other benchmarks send files")]
mod server;
#[path = "load/sqlite.rs"]
mod sqlite;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| arg != "--bench").collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    match args.as_slice() {
        ["seed", url] => drop(seed::database(url)),
        ["pgbench", log, file, folder, seconds] => {
            let script = pgbench::script(&std::fs::read_to_string(log).unwrap());
            println!("{:.1}", pgbench::runs_a_second(&script, file, folder, seconds));
        }
        ["transcribe", url, email, path, body @ ..] => {
            print!("{}", sqlite::transcript(url, email, path, body.first().copied()));
        }
        ["loop", file, script, seconds] => {
            let script = std::fs::read_to_string(script).unwrap();
            println!("{:.1}", sqlite::runs_a_second(file, &script, seconds.parse().unwrap()));
        }
        _ => eprintln!("see benches/load.sh"),
    }
}
