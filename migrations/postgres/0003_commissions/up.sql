-- Commissions, who sits in them and since when, who speaks for whom, and how often mail reminds them.
CREATE TABLE commissions (
  id UUID NOT NULL PRIMARY KEY,
  country_code TEXT NOT NULL REFERENCES countries (code),
  name TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('advisory_commission', 'multisectoral_commission', 'intergovernmental_commission', 'committee', 'regional_committee', 'roundtable', 'subcommission', 'council', 'network', 'team', 'working_group')),
  acronym TEXT,
  official_name TEXT,
  parent_id UUID REFERENCES commissions (id),
  territory TEXT,
  "function" TEXT,
  operational_state TEXT NOT NULL CHECK (operational_state IN ('active', 'inactive', 'unknown')),
  declared_member_count INTEGER CHECK (declared_member_count >= 0),
  time_zone TEXT,
  quorum_fraction TEXT,
  quorum_strict BOOLEAN,
  second_call_fraction TEXT,
  second_call_minimum INTEGER CHECK (second_call_minimum >= 0),
  folded TEXT NOT NULL,
  created_at TIMESTAMP NOT NULL,
  updated_at TIMESTAMP NOT NULL,
  CHECK (quorum_fraction IS NULL OR quorum_strict IS NOT NULL),
  CHECK (second_call_fraction IS NULL OR quorum_fraction IS NOT NULL)
);
CREATE INDEX commissions_by_country ON commissions (country_code, id);
CREATE INDEX commissions_by_kind ON commissions (kind, id);
CREATE INDEX commissions_by_parent ON commissions (parent_id);
CREATE INDEX commissions_by_state ON commissions (operational_state, id);
CREATE TABLE commission_aliases (
  commission_id UUID NOT NULL REFERENCES commissions (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  alias TEXT NOT NULL,
  PRIMARY KEY (commission_id, position)
);
CREATE TABLE commission_themes (
  commission_id UUID NOT NULL REFERENCES commissions (id) ON DELETE CASCADE,
  theme TEXT NOT NULL CHECK (theme IN ('child_labour', 'forced_labour', 'human_trafficking', 'modern_slavery')),
  PRIMARY KEY (commission_id, theme)
);
CREATE INDEX commission_themes_by_theme ON commission_themes (theme, commission_id);
CREATE TABLE commission_legal_bases (
  commission_id UUID NOT NULL REFERENCES commissions (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  title TEXT NOT NULL,
  number TEXT,
  issued TEXT,
  url TEXT,
  PRIMARY KEY (commission_id, position)
);
CREATE TABLE operational_states (
  id UUID NOT NULL PRIMARY KEY,
  commission_id UUID NOT NULL REFERENCES commissions (id),
  state TEXT NOT NULL CHECK (state IN ('active', 'inactive', 'unknown')),
  since TEXT NOT NULL,
  since_from DATE NOT NULL,
  since_to DATE NOT NULL,
  source TEXT,
  created_at TIMESTAMP NOT NULL,
  updated_at TIMESTAMP NOT NULL,
  CHECK (since_from <= since_to)
);
CREATE INDEX operational_states_of_commission ON operational_states (commission_id, since_from);
CREATE TABLE memberships (
  id UUID NOT NULL PRIMARY KEY,
  commission_id UUID NOT NULL REFERENCES commissions (id),
  institution_id UUID NOT NULL REFERENCES institutions (id),
  role TEXT NOT NULL CHECK (role IN ('lead', 'secretariat', 'member', 'guest', 'observer')),
  has_vote BOOLEAN NOT NULL,
  from_date DATE,
  to_date DATE,
  when_text TEXT,
  basis TEXT,
  created_at TIMESTAMP NOT NULL,
  updated_at TIMESTAMP NOT NULL,
  CHECK (from_date IS NULL OR to_date IS NULL OR from_date <= to_date)
);
CREATE INDEX memberships_of_commission ON memberships (commission_id, institution_id);
CREATE INDEX memberships_of_institution ON memberships (institution_id, commission_id);
CREATE TABLE delegates (
  id UUID NOT NULL PRIMARY KEY,
  commission_id UUID NOT NULL REFERENCES commissions (id),
  institution_id UUID NOT NULL REFERENCES institutions (id),
  capacity TEXT NOT NULL CHECK (capacity IN ('principal', 'alternate')),
  user_id UUID REFERENCES users (id),
  name TEXT,
  email TEXT,
  position TEXT,
  from_date DATE,
  to_date DATE,
  created_at TIMESTAMP NOT NULL,
  updated_at TIMESTAMP NOT NULL,
  CHECK (from_date IS NULL OR to_date IS NULL OR from_date <= to_date),
  CHECK (user_id IS NOT NULL OR name IS NOT NULL)
);
CREATE INDEX delegates_of_commission ON delegates (commission_id, institution_id);
CREATE INDEX delegates_of_institution ON delegates (institution_id);
CREATE INDEX delegates_of_user ON delegates (user_id);
CREATE TABLE reminder_policies (
  commission_id UUID NOT NULL PRIMARY KEY REFERENCES commissions (id) ON DELETE CASCADE,
  lead_days TEXT NOT NULL,
  overdue_every_days INTEGER NOT NULL CHECK (overdue_every_days > 0),
  escalate_after_days INTEGER NOT NULL CHECK (escalate_after_days >= 0),
  send_hour INTEGER NOT NULL CHECK (send_hour BETWEEN 0 AND 23),
  send_on_non_working_days BOOLEAN NOT NULL,
  updated_at TIMESTAMP NOT NULL
);
CREATE INDEX commissions_search ON commissions USING gin (to_tsvector('simple', folded));
CREATE FUNCTION refuse_overlapping_memberships() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT 1 FROM memberships m
    WHERE m.commission_id = NEW.commission_id AND m.institution_id = NEW.institution_id AND m.id <> NEW.id
      AND coalesce(m.from_date, '-infinity'::date) <= coalesce(NEW.to_date, 'infinity'::date)
      AND coalesce(NEW.from_date, '-infinity'::date) <= coalesce(m.to_date, 'infinity'::date)
  ) THEN
    RAISE EXCEPTION 'overlapping membership' USING ERRCODE = 'exclusion_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER memberships_never_overlap BEFORE INSERT OR UPDATE ON memberships
  FOR EACH ROW EXECUTE FUNCTION refuse_overlapping_memberships();
