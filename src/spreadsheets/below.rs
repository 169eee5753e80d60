//! Leaves out the rows of a table that are not commitments: totals, notes below the table, rows with only a number.

use super::{Cell, LeftOut, LeftOutReason, Line, Table, Value};
use crate::text::fold_words;

/// The columns by which rows are judged.
#[derive(Debug, Clone, Default)]
pub(crate) struct KnownColumns {
    /// The number of the row.
    pub number: Option<u32>,
    /// The columns that identify a commitment: its text, code and agreement.
    pub identifying: Vec<u32>,
}

/// Leaves out the rows that are not commitments, and lists them in `table.left_out`. The rows of headings are removed
/// before.
pub(crate) fn leave_out_rows(table: &mut Table, columns: &KnownColumns) {
    let mut reasons: Vec<Option<LeftOutReason>> = table.rows.iter().map(|line| single_reason(line, columns)).collect();
    mark_below(&table.rows, &mut reasons, columns);
    let mut reasons = reasons.into_iter();
    let Table { sheet, rows, left_out, .. } = table;
    rows.retain(|line| match reasons.next().flatten() {
        Some(why) => {
            left_out.push(LeftOut::row(sheet, line, why));
            false
        }
        None => true,
    });
}

fn own(line: &Line) -> impl Iterator<Item = &Cell> {
    line.cells.iter().filter(|cell| !cell.is_repeated)
}

/// Returns the reason for which a row is not a commitment, at any place in the table.
fn single_reason(line: &Line, columns: &KnownColumns) -> Option<LeftOutReason> {
    let mut cells = own(line);
    let (first, second) = (cells.next(), cells.next());
    match (first, second) {
        (Some(only), None) if Some(only.column) == columns.number && is_row_number(&only.value) => {
            Some(LeftOutReason::OnlyNumber)
        }
        _ if line.is_title => Some(LeftOutReason::Title),
        _ if is_total(line, columns) => Some(LeftOutReason::Total),
        _ => None,
    }
}

/// Checks whether a value is a number as rows are numbered: `7`, `7.`, `7)`.
fn is_row_number(value: &Value) -> bool {
    match value {
        Value::Number(_) => true,
        Value::Text(text) => {
            let digits = text.trim_end_matches(['.', ')', '°', 'º', '-']);
            !digits.is_empty() && digits.len() <= 6 && digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
        }
        _ => false,
    }
}

/// The words of a total in Spanish, English and Portuguese, folded.
const TOTALS: [&str; 22] = [
    "total",
    "totales",
    "total general",
    "gran total",
    "subtotal",
    "sub total",
    "total de compromisos",
    "total compromisos",
    "suma",
    "promedio",
    "porcentaje de cumplimiento",
    "grand total",
    "sum",
    "average",
    "total commitments",
    "total of commitments",
    "totais",
    "total geral",
    "total de compromissos",
    "soma",
    "media",
    "percentual de cumprimento",
];

/// Checks whether the first text of a row states that it is a total, and no other cell has words. The figure may be in
/// the same cell: `Total de compromisos: 12`.
fn is_total(line: &Line, columns: &KnownColumns) -> bool {
    let is_words = |cell: &&Cell| matches!(&cell.value, Value::Text(text) if !is_figure(&fold_words(text)));
    let mut texts = own(line).filter(is_words);
    let Some(first) = texts.next() else { return false };
    let Value::Text(text) = &first.value else { return false };
    let folded = fold_words(text);
    let (name, has_figure) = without_figure(&folded);
    let has_figures = own(line).any(|cell| !matches!(cell.value, Value::Broken(_)) && !is_words(&cell));
    let has_colon = text.contains([':', '=']) && has_figure;
    let is_apart = has_figures && !columns.identifying.contains(&first.column);
    let begins = ["total ", "subtotal "].iter().any(|word| name.starts_with(word)) && (has_colon || is_apart);
    (TOTALS.contains(&name.as_str()) || begins) && texts.next().is_none()
}

/// Checks whether folded words are a figure: `12`, `3 de 10`, `75 %`.
fn is_figure(folded: &str) -> bool {
    without_figure(folded).0.is_empty()
}

/// Returns folded words without the figure at their end, and whether there is one.
fn without_figure(folded: &str) -> (String, bool) {
    let mut words: Vec<&str> = folded.split(' ').filter(|word| !word.is_empty()).collect();
    let all = words.len();
    let is_number = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit());
    loop {
        match words.as_slice() {
            [.., last] if is_number(last) => drop(words.pop()),
            [.., before, "de" | "of"] if words.len() < all && is_number(before) => drop(words.pop()),
            _ => return (words.join(" "), words.len() < all),
        }
    }
}

/// Marks legends, and the rows below the last row of the table. Below an empty row, a row is a note if it identifies no
/// commitment, or if it has a single cell and the rows of the table have more.
fn mark_below(rows: &[Line], reasons: &mut [Option<LeftOutReason>], columns: &KnownColumns) {
    mark_legends(rows, reasons, columns);
    let identifies = |line: &Line| own(line).any(|cell| columns.identifying.contains(&cell.column));
    let full =
        |line: &Line| identifies(line) && own(line).filter(|cell| Some(cell.column) != columns.number).count() > 1;
    let kept = rows.iter().zip(reasons.iter()).rposition(|(line, reason)| reason.is_none() && full(line));
    let Some(last) = kept else { return };
    let mut previous = rows.get(last).map_or(0, |line| line.number);
    let mut is_below = false;
    for (line, reason) in rows.iter().zip(reasons.iter_mut()).skip(last + 1) {
        if reason.is_some() {
            // A total, a legend or an empty numbered row ends the table.
            is_below |= matches!(reason, Some(LeftOutReason::Total | LeftOutReason::BelowTable));
            continue;
        }
        is_below |= line.number > previous + 1;
        if is_below || is_note(line) {
            *reason = Some(LeftOutReason::BelowTable);
            is_below = true;
        } else {
            previous = line.number;
        }
    }
}

/// Marks rows that only contain "Leyenda:" or "Elaborado por: Ana", wherever they are below a row of the table, and the rows
/// that explain a legend below it: without a number, and with fewer cells than the rows of the table.
fn mark_legends(rows: &[Line], reasons: &mut [Option<LeftOutReason>], columns: &KnownColumns) {
    let (mut widest, mut next_of_legend) = (0, None);
    for (line, reason) in rows.iter().zip(reasons.iter_mut()) {
        if reason.is_some() {
            continue;
        }
        let has_number = own(line).any(|cell| Some(cell.column) == columns.number && is_row_number(&cell.value));
        let count = own(line).count();
        let explains = next_of_legend == Some(line.number) && !has_number && count < widest.min(3);
        let heads = is_legend(line) || has_heading(line);
        if widest > 0 && (heads || explains) {
            *reason = Some(LeftOutReason::BelowTable);
            next_of_legend = (explains || is_legend(line) || count > 1).then_some(line.number + 1);
        } else {
            widest = widest.max(count);
        }
    }
}

/// The words with which notes begin, folded; after `NOTE_WORDS` also without a colon.
const NOTE_WORDS: &str = "nota|notas|fuente|fuentes|leyenda|elaborado|note|notes|source|sources|legend|fonte|legenda";
const NOTE_HEADINGS: &str = "observacion|observaciones|obs|observacao|observacoes|simbologia|aclaracion|aclaraciones|\
    comentario|comentarios|referencias|firma|firmas|revisado por|aprobado por|elaborado por|elaboracion|actualizado al|\
    remark|remarks|comments|signature|signatures|prepared by|assinatura|assinaturas|comentarios gerais|aprovado por";

/// Checks whether a row has nothing but the heading of a legend or of notes: `Leyenda`, `Observação:`.
fn is_legend(line: &Line) -> bool {
    let mut cells = own(line);
    let (Some(only), None) = (cells.next(), cells.next()) else { return false };
    let Value::Text(text) = &only.value else { return false };
    let folded = fold_words(text);
    let is_heading = text.trim_end().ends_with(':') && is_listed(NOTE_HEADINGS, &folded);
    is_heading || is_listed(NOTE_WORDS, &folded)
}

/// Checks whether a row begins with the heading of a note: `Nota: referenciales`, or `Elaborado por:` and a text beside it.
fn has_heading(line: &Line) -> bool {
    let mut cells = own(line);
    let (Some(first), second, None) = (cells.next(), cells.next(), cells.next()) else { return false };
    let Value::Text(text) = &first.value else { return false };
    let before = text.split_once(':').map(|(before, _)| fold_words(before));
    let is_heading = before.is_some_and(|words| is_listed(NOTE_HEADINGS, &words) || is_listed(NOTE_WORDS, &words));
    is_heading && (second.is_none() || text.trim_end().ends_with(':'))
}

/// Checks whether a single text begins as notes below a table do.
fn is_note(line: &Line) -> bool {
    let mut cells = own(line);
    let (Some(only), None) = (cells.next(), cells.next()) else { return false };
    let Value::Text(text) = &only.value else { return false };
    let folded = fold_words(text);
    text.starts_with('*') || is_listed(NOTE_WORDS, folded.split(' ').next().unwrap_or_default())
}

/// Checks whether a word is in a list with `|` between its words.
fn is_listed(list: &str, word: &str) -> bool {
    !word.is_empty() && list.split('|').any(|one| one == word)
}

#[cfg(test)]
mod tests {
    use super::*;

    const COLUMNS: KnownColumns = KnownColumns { number: Some(0), identifying: Vec::new() };

    fn line(number: u32, cells: &[(u32, &str)]) -> Line {
        let value = |text: &str| text.parse().map_or_else(|_| Value::Text(text.into()), Value::Number);
        let cells = cells.iter().map(|(column, text)| Cell::new(*column, value(text))).collect();
        Line { number, cells, is_title: false }
    }

    /// The numbers of the rows that are kept, and the others with their reasons.
    fn judged(rows: Vec<Line>) -> (Vec<u32>, Vec<String>) {
        let mut table = Table { sheet: "Hoja".to_owned(), rows, ..Table::default() };
        leave_out_rows(&mut table, &KnownColumns { identifying: vec![1], ..COLUMNS });
        let left = table.left_out.iter().map(|one| format!("{} {}", one.place, one.why)).collect();
        (table.rows.iter().map(|line| line.number).collect(), left)
    }

    #[test]
    fn numbers_prepared_for_empty_rows_and_totals_are_left_out_and_named() {
        let full = |n| line(n, &[(0, "1"), (1, "Elaborar"), (2, "MTPE"), (3, "2027")]);
        let (kept, left) =
            judged(vec![full(2), line(3, &[(0, "2")]), line(4, &[(0, "3.")]), line(5, &[(0, "TOTAL"), (4, "1")])]);
        assert_eq!(kept, [2]);
        assert_eq!(left, ["Hoja!3 only_number", "Hoja!4 only_number", "Hoja!5 total"]);
        let (kept, _) = judged(vec![full(2), line(3, &[(0, "2"), (1, "Total de capacitaciones hechas"), (2, "MTPE")])]);
        assert_eq!(kept, [2, 3], "a commitment may begin with that word");
    }

    #[test]
    fn notes_below_the_table_are_left_out_and_named() {
        let full = |n| line(n, &[(0, "1"), (1, "Elaborar"), (2, "MTPE"), (3, "2027")]);
        let (kept, left) = judged(vec![full(2), full(4), line(6, &[(1, "Los plazos son referenciales")])]);
        assert_eq!((kept, left), (vec![2, 4], vec!["Hoja!6 below_table".to_owned()]));
        let (kept, left) = judged(vec![full(2), line(3, &[(1, "Nota: referenciales")]), line(4, &[(1, "y otra")])]);
        assert_eq!((kept.len(), left.len()), (1, 2));
        let (kept, left) =
            judged(vec![full(2), line(5, &[(1, "Elaborado por"), (2, "Ana")]), line(6, &[(1, "Cargo"), (2, "Jefa")])]);
        assert_eq!((kept, left.len()), (vec![2, 5, 6], 0), "rows with text and more are judged by their cells");
        let (kept, left) = judged(vec![full(2), line(5, &[(0, "Elaborado por"), (2, "Ana")])]);
        assert_eq!((kept, left.len()), (vec![2], 1));
    }

    #[test]
    fn a_total_with_its_figure_in_the_same_cell_is_left_out() {
        let full = |n| line(n, &[(0, "1"), (1, "Elaborar"), (2, "MTPE"), (3, "2027")]);
        for (at, text) in [
            (1, "Total de compromisos: 1"),
            (0, "TOTAL: 12"),
            (1, "Subtotal comisión: 3"),
            (1, "Total geral = 4"),
            (1, "Promedio: 75 %"),
            (1, "Total de compromisos cumplidos: 3 de 10"),
            (3, "Grand total 12"),
        ] {
            let (kept, left) = judged(vec![full(2), line(3, &[(at, text)])]);
            assert_eq!((kept, left), (vec![2], vec!["Hoja!3 total".to_owned()]), "{text}");
        }
        for text in [
            "Total de capacitaciones hechas",
            "Suma de esfuerzos: mesa con 3 regiones",
            "Promedio del 2027 por informar",
        ] {
            let (kept, _) = judged(vec![full(2), line(3, &[(0, "2"), (1, text), (2, "MTPE")])]);
            assert_eq!(kept, [2, 3], "{text}");
        }
    }

    #[test]
    fn a_legend_and_its_rows_are_left_out() {
        let full = |n| line(n, &[(0, "1"), (1, "Elaborar"), (2, "MTPE"), (3, "2027")]);
        let legend = vec![
            full(2),
            line(3, &[(1, "Leyenda")]),
            line(4, &[(1, "Verde"), (2, "Cumplido")]),
            line(5, &[(1, "Rojo"), (2, "Vencido")]),
        ];
        let (kept, left) = judged(legend.clone());
        assert_eq!((kept, left.len()), (vec![2], 3));
        let (kept, left) = judged([legend, vec![full(6)]].concat());
        assert_eq!((kept, left.len()), (vec![2, 6], 3), "the table goes on below it");
        for text in
            ["Observação:", "Observação: os prazos são referenciais", "Legenda", "Notas:", "Firmas:", "* Referencial"]
        {
            for at in [0, 1] {
                let (kept, left) = judged(vec![full(2), line(3, &[(at, text)])]);
                assert_eq!((kept, left), (vec![2], vec!["Hoja!3 below_table".to_owned()]), "{text}");
            }
        }
        let beside = vec![full(2), line(3, &[(0, "Observação:"), (1, "Os prazos são referenciais")])];
        assert_eq!(judged(beside).0, [2]);
        let (kept, _) = judged(vec![full(2), line(3, &[(1, "Observación de mercados en Lima")])]);
        assert_eq!(kept, [2, 3], "a commitment may begin with that word");
        assert_eq!(judged(vec![line(2, &[(1, "Uno")]), line(3, &[(1, "Leyenda")])]).0, [2]);
    }

    #[test]
    fn a_table_of_single_cells_and_a_last_row_without_more_are_kept() {
        assert_eq!(judged(vec![line(2, &[(1, "Uno")]), line(4, &[(1, "Dos")])]).0, [2, 4]);
        let full = |n| line(n, &[(0, "1"), (1, "Elaborar"), (2, "MTPE")]);
        assert_eq!(judged(vec![full(2), line(3, &[(0, "2"), (1, "Solo el texto")])]).0, [2, 3]);
    }
}
