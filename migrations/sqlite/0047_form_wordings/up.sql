-- The wording of a report's form in a language, as JSON; loaded by the installation.
CREATE TABLE form_wordings (
  template TEXT NOT NULL,
  lang TEXT NOT NULL,
  content TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  PRIMARY KEY (template, lang)
) STRICT;
