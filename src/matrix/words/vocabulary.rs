//! The words of terms, folded.

/// A term that does not end, or is not known yet.
pub const OPEN: &[&str] = &[
    "permanente",
    "permanentemente",
    "de forma permanente",
    "continuo",
    "continua",
    "indefinido",
    "por definir",
    "a definir",
    "por determinar",
    "por confirmar",
    "pendiente de definir",
    "s f",
    "s p",
    "sin fecha",
    "sin plazo",
    "no aplica",
    "n a",
    "na",
    "no definido",
    "inmediato",
    "de inmediato",
    "inmediatamente",
    "a la brevedad",
    "a la brevedad posible",
    "lo antes posible",
    "proxima sesion",
    "siguiente sesion",
    "para la proxima sesion",
    "en la proxima sesion",
];

/// Words that say nothing of when.
pub const FILLERS: &[&str] = &[
    "a", "al", "ano", "antes", "como", "cierre", "de", "del", "dia", "durante", "el", "en", "fecha", "fin", "final",
    "finales", "fines", "hasta", "la", "las", "limite", "lo", "los", "mas", "maximo", "mes", "meses", "para", "plazo",
    "tardar", "vence",
];

/// Words for the end of a period: what comes before it may still be done on its last day.
pub const ENDS: &[&str] = &["fin", "fines", "final", "finales", "cierre"];

pub const WEEKDAYS: &[&str] = &["lunes", "martes", "miercoles", "jueves", "viernes", "sabado", "domingo"];

pub const MONTHS: [&[&str]; 12] = [
    &["enero", "ene"],
    &["febrero", "feb"],
    &["marzo", "mar"],
    &["abril", "abr"],
    &["mayo", "may"],
    &["junio", "jun"],
    &["julio", "jul"],
    &["agosto", "ago"],
    &["setiembre", "septiembre", "set", "sep", "sept"],
    &["octubre", "oct"],
    &["noviembre", "nov"],
    &["diciembre", "dic"],
];

pub const ORDINALS: [&[&str]; 6] = [
    &["i", "1", "1er", "1ero", "1ro", "1o", "primer", "primero", "primera", "t1", "1t", "q1", "1q", "s1", "1s", "h1"],
    &["ii", "2", "2do", "2o", "2da", "segundo", "segunda", "t2", "2t", "q2", "2q", "s2", "2s", "h2"],
    &["iii", "3", "3er", "3ero", "3ro", "3o", "tercer", "tercero", "tercera", "t3", "3t", "q3", "3q"],
    &["iv", "4", "4to", "4o", "cuarto", "cuarta", "t4", "4t", "q4", "4q"],
    &["v", "5", "5to", "5o", "quinto"],
    &["vi", "6", "6to", "6o", "sexto"],
];

pub const NUMBERS: &[(&str, i32)] = &[
    ("un", 1),
    ("uno", 1),
    ("una", 1),
    ("dos", 2),
    ("tres", 3),
    ("cuatro", 4),
    ("cinco", 5),
    ("seis", 6),
    ("siete", 7),
    ("ocho", 8),
    ("nueve", 9),
    ("diez", 10),
    ("doce", 12),
    ("quince", 15),
    ("veinte", 20),
    ("treinta", 30),
    ("cuarenta", 40),
    ("cuarenticinco", 45),
    ("sesenta", 60),
    ("noventa", 90),
];
