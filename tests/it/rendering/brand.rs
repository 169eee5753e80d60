//! The name and the colour of the installation in documents.

use std::process::Command;

use super::part;

const CHILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/chile-2023.json");

#[test]
fn the_name_of_the_installation_is_the_author_of_every_file_and_on_the_title_page_in_its_colour() {
    let folder = tempfile::tempdir().unwrap();
    let run = |args: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_articula"));
        command
            .current_dir(folder.path())
            .env_clear()
            .env("ARTICULA_BRAND_NAME", "Secretaría & Meta 8.7")
            .env("ARTICULA_BRAND_COLOR", "#9b1c1f");
        let output = command.args(args).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        output.stdout
    };
    run(&["import", CHILE]);
    let period = ["--country", "CL", "--from", "2023-05-01", "--to", "2023-12-31", "--format"];
    let file = |command: &str, format: &str| run(&[&[command][..], &period, &[format]].concat());
    let creator = "<dc:creator>Secretaría &amp; Meta 8.7</dc:creator>";
    for (command, format) in [("report", "docx"), ("registry", "docx"), ("registry", "xlsx")] {
        let properties = part(&file(command, format), "docProps/core.xml");
        assert!(properties.contains(creator), "{command} as {format}: {properties}");
    }
    let body = part(&file("report", "docx"), "word/document.xml");
    assert!(body.contains("Secretaría &amp; Meta 8.7"), "the title page");
    assert!(
        part(&file("report", "docx"), "word/styles.xml").contains("<w:color w:val=\"9B1C1F\"/>"),
        "the colour of headings"
    );
    let pdf = file("registry", "pdf");
    assert!(String::from_utf8_lossy(&pdf).contains("Secretaría &amp; Meta 8.7"), "the author in the metadata");
}
