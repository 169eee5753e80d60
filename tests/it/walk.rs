//! Runs the commands of the README against `articula demo`.

use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::process::{Child, Command, Stdio};

/// Returns the text of a fenced block between `<!-- name -->` and `<!-- /name -->`.
fn block<'t>(readme: &'t str, name: &str) -> &'t str {
    let (_, rest) = readme.split_once(&format!("<!-- {name} -->")).unwrap();
    let (block, _) = rest.split_once(&format!("<!-- /{name} -->")).unwrap();
    let block = block.trim();
    let (_, inside) = block.split_once('\n').unwrap();
    inside.strip_suffix("```").unwrap()
}

/// The program with the demonstration data; it ends with the test.
struct Demo {
    child: Child,
    url: String,
    _folder: tempfile::TempDir,
}

impl Demo {
    fn start() -> Self {
        let folder = tempfile::TempDir::new().unwrap();
        let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let mut child = Command::new(env!("CARGO_BIN_EXE_articula"))
            .arg("demo")
            .env("ARTICULA_LISTEN", free.to_string())
            .current_dir(&folder)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        std::thread::spawn(move || lines.map_while(Result::ok).for_each(drop));
        let demo = Self { child, url: format!("http://{free}"), _folder: folder };
        demo.wait();
        demo
    }

    /// Waits until the program answers: a minute at most, which is enough for an unoptimised build.
    fn wait(&self) {
        for _ in 0..600 {
            if ureq::get(format!("{}/readyz", self.url)).call().is_ok() {
                return;
            }
            std::thread::sleep(std::time::Duration::from_millis(100));
        }
        panic!("the demonstration does not answer");
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// Runs the commands of one of the two READMEs and compares their output with the text.
fn walk(readme: &str) {
    let demo = Demo::start();
    let ran = Command::new("bash")
        .args(["-eu", "-c", block(readme, "walk")])
        .env("ARTICULA_URL", &demo.url)
        .output()
        .unwrap();
    let (printed, complained) = (String::from_utf8_lossy(&ran.stdout), String::from_utf8_lossy(&ran.stderr));
    assert_eq!(printed, block(readme, "walk prints"), "{complained}");
    assert!(ran.status.success(), "{complained}");
}

#[test]
fn the_walk_of_the_readme_goes_as_it_says() {
    walk(include_str!("../../README.md"));
}

#[test]
fn the_walk_of_the_spanish_readme_is_the_same() {
    let (english, spanish) = (include_str!("../../README.md"), include_str!("../../README.es.md"));
    let commands = |readme| -> Vec<String> {
        block(readme, "walk")
            .lines()
            .filter(|line| !line.starts_with('#'))
            .map(|l| without_remark(l).to_owned())
            .collect()
    };
    assert_eq!(commands(english), commands(spanish));
    assert_eq!(block(english, "walk prints"), block(spanish, "walk prints"));
}

fn without_remark(line: &str) -> &str {
    line.split("   #").next().unwrap_or(line).trim_end()
}
