#!/usr/bin/env python3
"""Compares the drafts of annual reports with the reports that countries sent.

Usage: benches/fidelity.py REPORTS FACTS COUNTRY=DRAFT [COUNTRY=DRAFT ...]

REPORTS  JSON: {"CL-1": {"answer": text, …}, …}, the answers of the reports by country and number
FACTS    JSON: {"facts": [{"id", "country", "q", "kind", "quote_es", "parties", "when_text"}, …]}
DRAFT    the output of `articula report --format json`

Counts what can be counted: words by question, clauses told twice (the name of a partner alone is none), and for each fact the share of its key words
(numbers, names, dates, and the stems of its other words) that stand in the draft under the question of the fact and
anywhere; an entry that an answer names with the question that tells it counts for both. A fact counts as stated from a share of 0.6 on; a person has to read the rest. Facts that are judgements of the
country (rating, impact, flags without any record) are left out.
"""

import json
import re
import sys
import unicodedata

STATED = 0.6
JUDGEMENTS = {"rating", "impact"}
SMALL = set(
    "para como esta este estos estas desde entre sobre hasta cual cuales donde cuando tambien otros otras todos todas "
    "durante mediante respecto materia parte asimismo ademas dicho dicha sido fueron fue esta han haber".split()
)


def fold(text):
    text = unicodedata.normalize("NFD", text.lower())
    text = "".join(c for c in text if not unicodedata.combining(c))
    return re.sub(r"[^a-z0-9]+", " ", text).split()


def key_words(text):
    """Numbers as they are, other words of more than three letters by their first four."""
    return {w if w.isdigit() else w[:4] for w in fold(text.replace(".", "").replace(",", "")) if
            (w.isdigit() or len(w) > 3) and w not in SMALL}


def names(text):
    """Capitalised words inside the text, and numbers."""
    found = set()
    for word in re.findall(r"[\w/°-]+", text)[1:]:
        if any(c.isupper() for c in word) or any(c.isdigit() for c in word):
            found |= {w if w.isdigit() else w[:4] for w in fold(word) if len(w) > 1}
    return found


def words_of(answer):
    parts = [answer.get("text") or "", answer.get("other_text") or ""]
    for row in answer.get("rows") or []:
        parts += [value for value in row.values() if isinstance(value, str)]
    return "\n".join(parts)


def count(text):
    return len(re.findall(r"[^\W_]+(?:[-/.,'’][^\W_]+)*", text))


def clauses(text):
    for clause in re.split(r"(?<=[.;:!?])\s|\n", text):
        folded = fold(clause)
        if len(folded) >= 6 and not re.search(r"\(pregunta \d+\)", clause):
            yield " ".join(folded)


def with_references(own, whole):
    """The text of an answer and the entries elsewhere of the records that it names with their question."""
    lines = [(line, key_words(line)) for line in whole.split("\n")]
    found = [own]
    for title in re.findall(r"([^;.\n]+(?:\.[^;.\n]+)*?) \(pregunta \d+\)", own):
        wanted = key_words(title.split(": ")[-1])
        best = max(lines, key=lambda line: (len(wanted & line[1]) if line[0] not in own else 0), default=None)
        if best and wanted and len(wanted & best[1]) >= 0.7 * len(wanted):
            found.append(best[0])
    return "\n".join(found)


def questions(draft):
    form = draft.get("form", draft)
    return [q for section in form["sections"] for q in section["questions"]]


def report_words(reports, country, number):
    entry = reports.get(f"{country}-{number}")
    if entry is None:
        return 0
    text = entry if isinstance(entry, str) else next(
        (entry[k] for k in ("raw_body", "answer", "text") if isinstance(entry.get(k), str)), "")
    return count(text)


def main():
    reports = json.load(open(sys.argv[1], encoding="utf-8"))
    facts = json.load(open(sys.argv[2], encoding="utf-8"))["facts"]
    total = {"facts": 0, "own": 0, "any": 0}
    for argument in sys.argv[3:]:
        country, path = argument.split("=", 1)
        asked = questions(json.load(open(path, encoding="utf-8")))
        labels = lambda q: [o["label"] for o in q.get("options", []) if o["key"] in q["answer"]["choices"]]
        texts = {q["number"]: "\n".join([words_of(q["answer"]), q["title"], *labels(q)]) for q in asked}
        whole = "\n".join(texts.values())
        texts = {number: with_references(text, whole) for number, text in texts.items()}
        print(f"## {country}\n\n| question | report | draft |\n| --- | --- | --- |")
        sums = [0, 0]
        for q in asked:
            pair = report_words(reports, country, q["number"]), count(words_of(q["answer"]))
            sums = [sums[0] + pair[0], sums[1] + pair[1]]
            if any(pair):
                print(f"| {q['number']} {q['key'].split(':')[0]} | {pair[0]} | {pair[1]} |")
        print(f"| all | {sums[0]} | {sums[1]} ({sums[1] / max(sums[0], 1):.2f}) |\n")
        rows = [row for q in asked for row in q["answer"].get("rows") or []]
        names_of_rows = {" ".join(fold(row.get(key) or "")) for row in rows for key in ("partner", "stakeholder")}
        seen, repeated = {}, []
        for q in asked:
            for clause in clauses(words_of(q["answer"])):
                if clause in names_of_rows:
                    continue
                if clause in seen:
                    repeated.append((seen[clause], q["number"], clause))
                seen.setdefault(clause, q["number"])
        print(f"clauses told twice: {len(repeated)}")
        for one in repeated:
            print("  ", *one)
        own = anywhere = counted = 0
        for fact in facts:
            if fact["country"] != country or fact["kind"] in JUDGEMENTS or not isinstance(fact["q"], int):
                continue
            place = next((q for q in asked if q["number"] == fact["q"]), None)
            if fact["kind"] == "flag":
                if place and place["answer"]["choices"]:
                    own, anywhere, counted = own + 1, anywhere + 1, counted + 1
                continue
            counted += 1
            wanted = key_words(fact["quote_es"]) | names(fact["quote_es"])
            share = lambda text: len(wanted & (key_words(text) | names(text))) / max(len(wanted), 1)
            here, there = share(texts.get(fact["q"], "")), share(whole)
            own, anywhere = own + (here >= STATED), anywhere + (there >= STATED)
            if here < STATED:
                missing = sorted(wanted - key_words(texts.get(fact["q"], "")) - names(texts.get(fact["q"], "")))
                print(f"  {fact['id']} q{fact['q']} {here:.2f}/{there:.2f} {fact['quote_es'][:90]} — {' '.join(missing)[:80]}")
        print(f"facts {counted}; under their question {own} ({own / counted:.1%}); anywhere {anywhere} ({anywhere / counted:.1%})\n")
        for name, n in (("facts", counted), ("own", own), ("any", anywhere)):
            total[name] += n
    print(f"both: {total['own'] / total['facts']:.1%} of {total['facts']} under their question, {total['any'] / total['facts']:.1%} anywhere")


if __name__ == "__main__":
    main()
