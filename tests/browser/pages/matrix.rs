//! The results of trying a matrix: refused, with the form in which columns get a meaning; with a question; ready to import.

use std::path::{Path, PathBuf};

use super::Inspection;

const TRY: &str = "main button[name=action][value=try]";

impl Inspection<'_> {
    /// Tries matrices as the secretariat does, and checks each answer.
    pub(super) fn inspect_a_matrix(&mut self, number: usize, folder: &Path) {
        let unknown = "Columna rara;Compromiso;Responsable;Fecha límite;Estado\n\
            x;Verificar los diseños;Instituto que nadie conoce;31/02/2099;Pendiente\n";
        self.check_answer(number, ("refused", write(folder, "refused.csv", unknown)));
        let asked = "N°;Compromiso;Responsable;Fecha límite;Estado\n\
            1;Verificar los diseños;Gobierno Regional de Huánuco;30/06/2099;Suspendido\n";
        self.check_answer(number + 1, ("asked", write(folder, "asked.csv", asked)));
        let ready = asked.replace("Suspendido", "Pendiente");
        self.check_answer(number + 2, ("ready", write(folder, "ready.csv", &ready)));
    }

    fn check_answer(&mut self, number: usize, (answer, file): (&str, PathBuf)) {
        self.user.go("/imports/new");
        self.user.attach("#file", &file);
        self.user.press_to(TRY, "/imports/new");
        let has = |selector: &str| self.user.chrome.has(selector);
        let found = match answer {
            "refused" => has("select[name='mapping/0/column']") && !has("button[name=action][value=import]"),
            "asked" => has("[name='answers/0/key']") && !has("button[name=action][value=import]"),
            _ => has("button[name=action][value=import]"),
        };
        assert!(found, "the matrix is not {answer}:\n{}", self.user.chrome.words());
        // What is folded away, such as the meaning of the columns, is checked too.
        let unfold = "document.querySelectorAll('main details').forEach(one => one.open = true);";
        self.user.chrome.run(unfold, Vec::new());
        self.check(number, &format!("/imports/new?{answer}"));
    }
}

fn write(folder: &Path, name: &str, text: &str) -> PathBuf {
    let path = folder.join(name);
    std::fs::write(&path, text).unwrap();
    path
}
