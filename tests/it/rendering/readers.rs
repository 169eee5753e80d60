//! Opens documents with other programs: DOCX with LibreOffice and python-docx, PDF with poppler and qpdf. When one is
//! missing, the test prints so; with `ARTICULA_REQUIRE_READERS` set it fails.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

use crate::support::at_the_end::say_at_the_end;

/// The content that a reader must find in a DOCX.
pub(crate) struct Expected {
    pub headings: usize,
    pub tables: usize,
    pub title: &'static str,
}

/// Runs a program; None when it is not installed.
fn run(program: &str, arguments: &[&str]) -> Option<Output> {
    match Command::new(program).args(arguments).output() {
        Ok(output) => Some(output),
        Err(error) => {
            missing(program, &error.to_string());
            None
        }
    }
}

fn missing(what: &str, reason: &str) {
    assert!(std::env::var_os("ARTICULA_REQUIRE_READERS").is_none(), "{what} is needed and does not run: {reason}");
    say_at_the_end(&format!("NOT CHECKED: {what} is not here ({reason})"));
}

/// Returns the output of a program, which must have no errors.
fn output_of(output: &Output) -> String {
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{out}\n{err}");
    out.into_owned()
}

fn keep(folder: &TempDir, name: &str, bytes: &[u8]) -> PathBuf {
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    path
}

/// Checks a DOCX: LibreOffice converts it to PDF; python-docx finds headings, tables and title.
pub(crate) fn docx(bytes: &[u8], expected: &Expected) {
    let folder = TempDir::new().unwrap();
    let path = keep(&folder, "paper.docx", bytes);
    office_reads(&folder, &path);
    let script = "import sys\nfrom docx import Document\nd = Document(sys.argv[1])\n\
        print(sum(p.style.name.startswith('Heading') for p in d.paragraphs), len(d.tables), d.core_properties.title, sep='|')";
    if let Some(found) = python(&["docx"], script, &path) {
        assert_eq!(found.trim(), format!("{}|{}|{}", expected.headings, expected.tables, expected.title));
    }
}

/// Checks that LibreOffice and python-docx open a DOCX.
pub(crate) fn opens_docx(bytes: &[u8]) {
    let folder = TempDir::new().unwrap();
    let path = keep(&folder, "paper.docx", bytes);
    office_reads(&folder, &path);
    python(&["docx"], "import sys\nfrom docx import Document\nDocument(sys.argv[1])", &path);
}

/// Converts a file to PDF with LibreOffice.
pub(crate) fn office_reads(folder: &TempDir, path: &Path) {
    let home = format!("-env:UserInstallation=file://{}", folder.path().join("office").display());
    let (out, name) = (folder.path().display().to_string(), path.display().to_string());
    let arguments = [home.as_str(), "--headless", "--convert-to", "pdf", "--outdir", &out, &name];
    if let Some(output) = run("soffice", &arguments) {
        output_of(&output);
        assert!(path.with_extension("pdf").exists(), "{output:?}");
    }
}

/// Returns the output of a Python script about a file. `ARTICULA_PYTHON` names the Python that has these modules.
pub(crate) fn python(modules: &[&str], script: &str, path: &Path) -> Option<String> {
    let needed = format!("import {}", modules.join(", "));
    let python = std::env::var("ARTICULA_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let here = run(&python, &["-c", &needed])?;
    if !here.status.success() {
        missing(&format!("{python} with {}", modules.join(", ")), &String::from_utf8_lossy(&here.stderr));
        return None;
    }
    run(&python, &["-c", script, &path.display().to_string()]).map(|output| output_of(&output))
}

/// Checks a PDF: qpdf finds no fault, pdfinfo finds the tags, pdftotext the words, separated by one space.
pub(crate) fn pdf(bytes: &[u8], words: &[&str]) {
    let folder = TempDir::new().unwrap();
    let path = keep(&folder, "paper.pdf", bytes).display().to_string();
    if let Some(output) = run("qpdf", &["--check", &path]) {
        output_of(&output);
    }
    if let Some(output) = run("pdfinfo", &[&path]) {
        assert!(squeezed(&output_of(&output)).contains("Tagged: yes"), "{output:?}");
    }
    if let Some(output) = run("pdftotext", &["-raw", &path, "-"]) {
        let text = squeezed(&output_of(&output));
        for expected in words {
            assert!(text.contains(expected), "{expected} in:\n{text}");
        }
    }
}

/// Returns the text of each page of a PDF, its words separated by one space.
pub(crate) fn pdf_pages(bytes: &[u8]) -> Option<Vec<String>> {
    let folder = TempDir::new().unwrap();
    let path = keep(&folder, "paper.pdf", bytes).display().to_string();
    let text = output_of(&run("pdftotext", &["-raw", &path, "-"])?);
    Some(text.split('\u{c}').map(squeezed).filter(|page| !page.is_empty()).collect())
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Checks a workbook: LibreOffice opens it; openpyxl finds the first cell under each of two headings, the frozen pane and
/// the filter.
pub(crate) fn xlsx(bytes: &[u8], sheet: &str, headings: [&str; 2], expected: &str) {
    let folder = TempDir::new().unwrap();
    let path = keep(&folder, "table.xlsx", bytes);
    office_reads(&folder, &path);
    let script = format!(
        "import sys\nfrom openpyxl import load_workbook\ns = load_workbook(sys.argv[1])['{sheet}']\n\
         h = [c.value for c in s[1]]\n\
         print(s.cell(2, h.index('{}') + 1).value, s.cell(2, h.index('{}') + 1).value, s.freeze_panes, s.auto_filter.ref, sep='|')",
        headings[0], headings[1]
    );
    if let Some(found) = python(&["openpyxl"], &script, &path) {
        assert_eq!(found.trim(), expected);
    }
}
