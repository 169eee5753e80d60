//! The rules that every page keeps, whatever it shows.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use scraper::{ElementRef, Html, Selector};

use crate::support::Page;

/// Returns the rules that a page breaks.
pub(crate) fn faults(page: &Page) -> Vec<String> {
    let html = page.html();
    let mut faults = Vec::new();
    frame(html, &mut faults);
    language(page, html, &mut faults);
    nesting(page, html, &mut faults);
    ids(html, &mut faults);
    labels(html, &mut faults);
    inline_code(html, &mut faults);
    texts(html, &mut faults);
    tables_and_forms(html, &page.path, &mut faults);
    faults.into_iter().map(|fault| format!("{}: {fault}", page.path)).collect()
}

/// Fails with the rules that a page breaks.
#[track_caller]
pub(crate) fn check(page: &Page) {
    assert_eq!(faults(page), Vec::<String>::new());
}

fn all<'h>(html: &'h Html, selector: &str) -> Vec<ElementRef<'h>> {
    html.select(&Selector::parse(selector).unwrap()).collect()
}

fn words(element: &ElementRef<'_>) -> String {
    element.text().collect::<Vec<_>>().join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
}

fn frame(html: &Html, faults: &mut Vec<String>) {
    for (selector, most) in [("h1", 1), ("head > title", 1), ("main", 1), ("html[lang]", 1)] {
        let found = all(html, selector);
        if found.len() != most {
            faults.push(format!("{} times {selector}", found.len()));
        }
        if ["h1", "head > title"].contains(&selector) && found.iter().any(|one| words(one).is_empty()) {
            faults.push(format!("an empty {selector}"));
        }
    }
    let entries = all(html, "nav.main a").len();
    if entries > 7 {
        faults.push(format!("{entries} entries in the navigation"));
    }
    let levels: Vec<u32> = all(html, "h1, h2, h3, h4, h5, h6").iter().map(|one| level(one)).collect();
    if let Some(pair) = levels.windows(2).find(|pair| pair[1] > pair[0] + 1) {
        faults.push(format!("a heading of level {} follows one of level {}", pair[1], pair[0]));
    }
}

/// The language of the page is that of the answer; its title has its heading.
fn language(page: &Page, html: &Html, faults: &mut Vec<String>) {
    let lang = all(html, "html").first().and_then(|html| html.attr("lang")).unwrap_or_default().to_owned();
    if page.header("content-language") != Some(lang.as_str()) {
        faults.push(format!("the page is in {lang:?}, the answer in {:?}", page.header("content-language")));
    }
    let heading = all(html, "h1").first().map(words).unwrap_or_default();
    let title = all(html, "title").first().map(words).unwrap_or_default();
    if !title.contains(&heading) {
        faults.push(format!("the title {title:?} does not have the heading {heading:?}"));
    }
    // The page of all components shows errors without having any.
    let has_errors = page.path != "/ui" && !all(html, ".errors").is_empty();
    if has_errors && !title.starts_with("Error: ") {
        faults.push(format!("errors, and the title is {title:?}"));
    }
}

fn level(heading: &ElementRef<'_>) -> u32 {
    heading.value().name()[1..].parse().unwrap()
}

fn ids(html: &Html, faults: &mut Vec<String>) {
    let mut known = BTreeSet::new();
    for element in all(html, "[id]") {
        let id = element.attr("id").unwrap_or_default();
        if id.is_empty() || id.contains(char::is_whitespace) || !known.insert(id.to_owned()) {
            faults.push(format!("the id {id:?} is empty, has spaces or is not unique"));
        }
    }
    for name in ["aria-describedby", "aria-labelledby", "for", "list", "aria-controls"] {
        for element in all(html, &format!("[{name}]")) {
            for id in element.attr(name).unwrap_or_default().split_whitespace().filter(|id| !known.contains(*id)) {
                faults.push(format!("{name} names {id:?}, which is not on the page"));
            }
        }
    }
    for link in all(html, "a[href^='#']") {
        let id = link.attr("href").unwrap_or_default().trim_start_matches('#');
        if !known.contains(id) {
            faults.push(format!("a link leads to #{id}, which is not on the page"));
        }
    }
}

fn labels(html: &Html, faults: &mut Vec<String>) {
    let labelled: BTreeSet<String> = all(html, "label[for]")
        .iter()
        .filter(|one| !words(one).is_empty())
        .filter_map(|one| one.attr("for"))
        .map(str::to_owned)
        .collect();
    let fields: BTreeSet<&str> =
        all(html, "input, select, textarea").iter().filter_map(|field| field.attr("id")).collect();
    for label in labelled.iter().filter(|id| !fields.contains(id.as_str())) {
        faults.push(format!("a label is for {label:?}, which is no field"));
    }
    for field in all(html, "input, select, textarea") {
        let kind = field.attr("type").unwrap_or("text");
        let has_label = field.attr("id").is_some_and(|id| labelled.contains(id)) || field.attr("aria-label").is_some();
        if !["hidden", "submit", "button"].contains(&kind) && !has_label {
            faults.push(format!("{:?} has no label", field.attr("name").unwrap_or_default()));
        }
    }
    for element in all(html, "a[href], button") {
        if words(&element).is_empty() && element.attr("aria-label").is_none() {
            faults.push(format!("no text: {}", element.html()));
        }
    }
    for image in all(html, "img") {
        if image.attr("alt").is_none() {
            faults.push("a picture without a text".to_owned());
        }
    }
    for field in all(html, "input[type=radio], input[type=checkbox]") {
        let name = field.attr("name").unwrap_or_default();
        let is_group = all(html, &format!("input[type=radio][name={name:?}]")).len() > 1;
        let parents = field.ancestors().filter_map(ElementRef::wrap);
        let mut groups = parents.filter(|parent| {
            parent.value().name() == "fieldset" || parent.attr("role").is_some_and(|role| role.ends_with("group"))
        });
        if is_group && groups.next().is_none() {
            faults.push(format!("the choices of {name:?} are no group"));
        }
    }
    for group in all(html, "fieldset") {
        if group.select(&Selector::parse("legend").unwrap()).next().is_none() {
            faults.push("a group of fields without a legend".to_owned());
        }
    }
}

fn inline_code(html: &Html, faults: &mut Vec<String>) {
    for element in all(html, "style, script:not([src]), [style]") {
        faults.push(format!("inline code: {}", element.html().chars().take(80).collect::<String>()));
    }
    for element in html.root_element().descendants().filter_map(ElementRef::wrap) {
        let handlers = element.value().attrs().filter(|(name, _)| name.starts_with("on") || *name == "title");
        faults.extend(handlers.map(|(name, _)| format!("the attribute {name} of {}", element.value().name())));
        for name in ["href", "src", "action"] {
            let target = element.attr(name).unwrap_or_default();
            if target.starts_with("javascript:") || target.starts_with("data:") {
                faults.push(format!("{name}={target}"));
            }
        }
    }
}

/// Returns the first words of the keys of all texts: `commitments-`.
fn families() -> &'static BTreeSet<String> {
    static FAMILIES: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("locales/es");
        let mut families = BTreeSet::new();
        for file in std::fs::read_dir(folder).unwrap().flatten() {
            let text = std::fs::read_to_string(file.path()).unwrap();
            let keys = text.lines().filter_map(|line| line.split_once(" =")).map(|(key, _)| key);
            let first = keys.filter(|key| !key.starts_with([' ', '#', '.'])).filter_map(|key| key.split_once('-'));
            families.extend(first.map(|(first, _)| first.to_owned()));
        }
        families
    });
    &FAMILIES
}

/// Returns what is wrong with a text: a key without a translation, a variable without a value, a value of the API.
fn fault_of_text(text: &str) -> Option<&'static str> {
    let of_key = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    let is_key = |word: &str| {
        word.chars().all(of_key)
            && word.split_once('-').is_some_and(|(first, rest)| !rest.is_empty() && families().contains(first))
    };
    let of_value = |c: char| c.is_ascii_lowercase() || c == '_';
    let is_value = |word: &str| word.contains('_') && word.len() > 2 && word.chars().all(of_value);
    let is_id = |word: &str| word.len() == 36 && word.bytes().filter(|byte| *byte == b'-').count() == 4;
    let mut words = text.split_whitespace().map(|word| word.trim_matches([',', '.', ';', ':', '(', ')', '«', '»']));
    match text {
        _ if is_key(text.trim()) => Some("no translation"),
        _ if text.contains("{$") || text.contains("{ $") => Some("a variable without a value"),
        _ if words.clone().any(is_value) => Some("a value of the API"),
        // The page of an error ends with the number of the request.
        _ if words.clone().any(is_id) && !text.contains("Número de la solicitud") => Some("an id"),
        _ if words
            .any(|word| word.len() > 18 && word.contains("T") && word.ends_with('Z') && word.starts_with("20")) =>
        {
            Some("a moment of the API")
        }
        _ if text.contains("Some(") || text.contains("Ok(") => Some("a value of the program"),
        _ => None,
    }
}

/// Finds texts that are no language: keys, ids, values of the API.
fn texts(html: &Html, faults: &mut Vec<String>) {
    for element in all(html, "title, body *:not(code):not(textarea):not(script)") {
        for text in element.children().filter_map(|child| child.value().as_text().map(|text| text.to_string())) {
            faults.extend(fault_of_text(&text).map(|fault| format!("{fault}: {}", text.trim())));
        }
    }
    for element in all(html, "[aria-label], [placeholder], [alt]") {
        for text in ["aria-label", "placeholder", "alt"].iter().filter_map(|name| element.attr(name)) {
            faults.extend(fault_of_text(text).map(|fault| format!("{fault}: {text}")));
        }
    }
    for link in all(html, "a[href]") {
        if ["aquí", "here", "ver", "más", "clic", "click"].contains(&words(&link).to_lowercase().as_str()) {
            faults.push(format!("a link says only {:?}", words(&link)));
        }
    }
}

/// Elements whose number in the text must be that in the parsed page; a parser repairs those that are misplaced.
const COUNTED: [&str; 24] = [
    "a", "button", "dd", "details", "div", "dl", "dt", "fieldset", "form", "h1", "h2", "h3", "label", "legend", "li",
    "ol", "p", "section", "select", "table", "tbody", "td", "tr", "ul",
];

/// Finds elements at places where they may not be.
fn nesting(page: &Page, html: &Html, faults: &mut Vec<String>) {
    let mut text = String::new();
    for (n, part) in page.text.split("<noscript>").enumerate() {
        text.push_str(if n == 0 { part } else { part.split_once("</noscript>").map_or("", |(_, rest)| rest) });
    }
    for tag in COUNTED {
        let open = |end: char| text.matches(&format!("<{tag}{end}")).count();
        let (written, read) = (open('>') + open(' '), all(html, tag).len());
        if written != read {
            faults.push(format!("{written} elements {tag} are written, {read} are read: one is misplaced"));
        }
    }
    for misplaced in [
        "ul > :not(li)",
        "ol > :not(li)",
        "dl > :not(dt):not(dd):not(div)",
        "a a",
        "a button",
        "a input",
        "button a",
        "button input",
        "label label",
        "label button",
        "form form",
        "span > div",
        "span > p",
        "span > ul",
        "p > div",
    ] {
        if let Some(element) = all(html, misplaced).first() {
            let text: String = element.html().chars().take(80).collect();
            faults.push(format!("misplaced, {misplaced}: {text}"));
        }
    }
}

fn tables_and_forms(html: &Html, path: &str, faults: &mut Vec<String>) {
    for table in all(html, "table") {
        for part in ["caption", "th[scope=col]"] {
            if table.select(&Selector::parse(part).unwrap()).next().is_none() {
                faults.push(format!("a table without {part}"));
            }
        }
    }
    let own = path.split('?').next().unwrap_or_default();
    for form in all(html, "main form[method=post]") {
        let action = form.attr("action").unwrap_or_default();
        if action.is_empty() || !action.starts_with('/') || action.contains("/api/") {
            faults.push(format!("the form of {own} posts to {action:?}"));
        }
        let mut lines: BTreeMap<&str, usize> = BTreeMap::new();
        let single = "input:not([type]), input[type=text], input[type=search], input[type=email], select, textarea";
        for field in form.select(&Selector::parse(single).unwrap()) {
            let name = field.attr("name").unwrap_or_default();
            *lines.entry(name).or_default() += 1;
            if name.is_empty() {
                faults.push(format!("a field of the form to {action} has no name"));
            }
        }
        for (name, _) in lines.iter().filter(|(_, count)| **count > 1) {
            faults.push(format!("the form to {action} has several fields {name:?}"));
        }
        if form.select(&Selector::parse("button").unwrap()).next().is_none() {
            faults.push(format!("the form to {action} has no button"));
        }
        faults.extend(fault_of_enter(&form).map(|fault| format!("the form to {action}: {fault}")));
    }
}

/// The Enter key in a line of text presses the first button of the form. It must send the form and do nothing else.
fn fault_of_enter(form: &ElementRef<'_>) -> Option<String> {
    let lines = "input:not([type]), input[type=text], input[type=search], input[type=email], input[type=password]";
    form.select(&Selector::parse(lines).unwrap()).next()?;
    let buttons = Selector::parse("button:not([type=button])").unwrap();
    let mut buttons = form.select(&buttons);
    let first = buttons.next()?;
    let is_only = buttons.next().is_none();
    let does_more = first.attr("name").is_some() || first.attr("formnovalidate").is_some();
    (does_more && !is_only).then(|| format!("the Enter key presses {:?}", words(&first)))
}
