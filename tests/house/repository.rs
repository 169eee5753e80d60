//! Rules over files that are not Rust: the image, secrets.

use std::collections::BTreeSet;
use std::fs;

use super::source::{none, root, sources};

#[test]
fn the_image_is_built_from_every_folder_that_the_code_takes_files_from() {
    let image = fs::read_to_string(root().join("Dockerfile")).unwrap();
    let context = fs::read_to_string(root().join(".dockerignore")).unwrap();
    let mut folders: BTreeSet<String> = ["migrations", "src"].map(str::to_owned).into();
    for source in sources("src") {
        let includes = ["include_str!(", "include_bytes!("];
        for taken in includes.iter().flat_map(|include| source.text.split(include).skip(1)) {
            let path = taken.trim_start_matches("concat!(").trim_start_matches('"').split('"').next().unwrap();
            let path = path.trim_start_matches("../");
            folders.extend(path.split_once('/').map(|(folder, _)| folder.to_owned()));
        }
    }
    assert!(["assets", "docs", "locales", "templates"].iter().all(|folder| folders.contains(*folder)), "{folders:?}");
    let copied = |folder: &String| {
        image.contains(&format!("\nCOPY {folder} {folder}\n")) && context.contains(&format!("\n!{folder}\n"))
    };
    none(folders.into_iter().filter(|folder| root().join(folder).is_dir() && !copied(folder)).collect());
}

#[test]
fn no_secret_stands_in_a_file_without_being_refused() {
    let refused = fs::read_to_string(root().join("src/config/secret.rs")).unwrap();
    let mut broken = Vec::new();
    for path in tracked_files() {
        let Ok(text) = fs::read_to_string(root().join(&path)) else { continue };
        for found in text.split("ARTICULA_JWT_SECRET").skip(1).filter(|found| !found.starts_with("_FILE")) {
            let rest = found.trim_start_matches(['"', ',', ' ', '=', ':']);
            let value: String = rest.chars().take_while(|c| !c.is_whitespace() && !"\"'`,|)}".contains(*c)).collect();
            if value.len() >= 20 && !value.starts_with('$') && !refused.contains(&format!("\"{value}\"")) {
                broken.push(format!(
                    "{path}: {value} can be read by anybody: add it to the list in src/config/secret.rs"
                ));
            }
        }
    }
    none(broken);
}

#[test]
fn the_example_of_an_installation_has_no_secret_of_its_own() {
    let compose = fs::read_to_string(root().join("docker-compose.yml")).unwrap();
    let secrets: Vec<&str> =
        compose.lines().filter(|line| line.contains("SECRET") || line.contains("PASSWORD")).map(str::trim).collect();
    assert!(secrets.len() >= 3, "{secrets:?}");
    let is_asked_for = |line: &&str| line.contains(":?") && !line.contains(":-");
    none(secrets.into_iter().filter(|line| !is_asked_for(line)).map(str::to_owned).collect());
}

/// The files of the repository that are text and short enough to hold settings.
fn tracked_files() -> Vec<String> {
    let listed = std::process::Command::new("git").arg("ls-files").current_dir(root()).output().unwrap();
    assert!(listed.status.success(), "the tests run in a clone of the repository");
    String::from_utf8(listed.stdout).unwrap().lines().map(str::to_owned).collect()
}
