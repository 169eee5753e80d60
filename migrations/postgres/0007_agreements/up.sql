-- What commissions decide, and what they sign with others.
CREATE TABLE agreements (
  id UUID NOT NULL PRIMARY KEY,
  country_code TEXT NOT NULL REFERENCES countries (code),
  kind TEXT NOT NULL CHECK (kind IN ('meeting_agreement', 'intergovernmental_agreement', 'cooperation_agreement', 'memorandum_of_understanding', 'letter_of_intent')),
  title TEXT NOT NULL,
  meeting_id UUID REFERENCES meetings (id),
  number TEXT,
  text TEXT,
  adopted TEXT,
  adopted_from DATE,
  adopted_to DATE,
  when_text TEXT,
  status TEXT NOT NULL CHECK (status IN ('draft', 'in_force', 'ended')),
  in_force_from DATE,
  in_force_to DATE,
  adoption_method TEXT CHECK (adoption_method IN ('unanimity', 'consensus', 'majority', 'unspecified')),
  votes_for INTEGER CHECK (votes_for >= 0),
  votes_against INTEGER CHECK (votes_against >= 0),
  votes_abstained INTEGER CHECK (votes_abstained >= 0),
  scope TEXT CHECK (scope IN ('national', 'binational', 'regional', 'global')),
  document_url TEXT,
  restricted BOOLEAN NOT NULL,
  folded TEXT NOT NULL,
  created_at TIMESTAMP NOT NULL,
  updated_at TIMESTAMP NOT NULL,
  CHECK ((adopted IS NULL) = (adopted_from IS NULL) AND (adopted IS NULL) = (adopted_to IS NULL)),
  CHECK (in_force_from IS NULL OR in_force_to IS NULL OR in_force_from <= in_force_to)
);
CREATE INDEX agreements_by_country ON agreements (country_code, id);
CREATE INDEX agreements_of_meeting ON agreements (meeting_id, id);
CREATE INDEX agreements_by_kind ON agreements (kind, id);
CREATE TABLE agreement_commissions (
  agreement_id UUID NOT NULL REFERENCES agreements (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  commission_id UUID NOT NULL REFERENCES commissions (id),
  PRIMARY KEY (agreement_id, commission_id)
);
CREATE INDEX agreement_commissions_by_commission ON agreement_commissions (commission_id, agreement_id);
CREATE TABLE agreement_themes (
  agreement_id UUID NOT NULL REFERENCES agreements (id) ON DELETE CASCADE,
  theme TEXT NOT NULL CHECK (theme IN ('child_labour', 'forced_labour', 'human_trafficking', 'modern_slavery')),
  PRIMARY KEY (agreement_id, theme)
);
CREATE INDEX agreement_themes_by_theme ON agreement_themes (theme, agreement_id);
CREATE TABLE agreement_parties (
  agreement_id UUID NOT NULL REFERENCES agreements (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  institution_id UUID REFERENCES institutions (id),
  name TEXT,
  side TEXT,
  PRIMARY KEY (agreement_id, position),
  CHECK ((institution_id IS NULL) <> (name IS NULL))
);
CREATE INDEX agreement_parties_by_institution ON agreement_parties (institution_id, agreement_id);
CREATE INDEX agreements_search ON agreements USING gin (to_tsvector('simple', folded));
