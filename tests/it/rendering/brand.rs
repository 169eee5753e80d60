//! The name and the colour of the installation in documents.

use std::process::Command;

use base64::Engine as _;

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

/// A white picture of 800 by 200 pixels.
const LOGO: &str = "iVBORw0KGgoAAAANSUhEUgAAAyAAAADIAQAAAAA49Li3AAAAX0lEQVR42u3NMQEAAAwCIPuX1hZ7BgVID0QikUgkEolEIpFIJBKJ\
    RCKRSCQSiUQikUgkEolEIpFIJBKJRCKRSCQSiUQikUgkEolEIpFIJBKJRCKRSCQSiUQikUgkX5IBeHjWZI7eCDAAAAAASUVORK5CYII=";

#[test]
fn the_logo_of_the_installation_stands_for_its_name_on_the_title_page_of_a_word_file() {
    let folder = tempfile::tempdir().unwrap();
    let logo = folder.path().join("logo.png");
    let png = base64::engine::general_purpose::STANDARD.decode(LOGO).unwrap();
    std::fs::write(&logo, &png).unwrap();
    let run = |args: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_articula"));
        command
            .current_dir(folder.path())
            .env_clear()
            .env("ARTICULA_BRAND_NAME", "Secretaría 8.7")
            .env("ARTICULA_BRAND_LOGO", &logo);
        let output = command.args(args).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        output.stdout
    };
    run(&["import", CHILE]);
    let period = ["--country", "CL", "--from", "2023-05-01", "--to", "2023-12-31", "--format", "docx"];
    let file = |command: &str| run(&[&[command][..], &period].concat());
    let report = file("report");
    let body = part(&report, "word/document.xml");
    let (cover, _) = body.split_once("CoverTitle").unwrap();
    assert!(
        cover.contains(r#"<wp:extent cx="2304000" cy="576000">"#) && cover.contains(r#"descr="Secretaría 8.7""#),
        "{cover}"
    );
    assert!(!cover.contains(">Secretaría 8.7<"), "the logo stands for the name: {cover}");
    assert!(part(&report, "word/_rels/document.xml.rels").contains(r#"Target="media/logo.png""#));
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(&report)).unwrap();
    let mut kept = Vec::new();
    std::io::Read::read_to_end(&mut archive.by_name("word/media/logo.png").unwrap(), &mut kept).unwrap();
    assert_eq!(kept, png);
    // A document without a title page has no logo.
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(file("registry"))).unwrap();
    assert!(archive.by_name("word/media/logo.png").is_err());
}
