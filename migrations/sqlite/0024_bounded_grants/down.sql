DELETE FROM grants WHERE role = 'representative' AND commission_id IS NOT NULL;
CREATE TABLE grants_new (
  id BLOB NOT NULL PRIMARY KEY,
  user_id BLOB NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  role TEXT NOT NULL CHECK (role IN ('admin', 'coordinator', 'secretariat', 'representative', 'observer')),
  country_code TEXT REFERENCES countries (code),
  commission_id BLOB REFERENCES commissions (id),
  institution_id BLOB REFERENCES institutions (id),
  created_at TEXT NOT NULL,
  CHECK (role <> 'admin' OR (country_code IS NULL AND commission_id IS NULL AND institution_id IS NULL)),
  CHECK (role <> 'coordinator' OR (country_code IS NOT NULL AND commission_id IS NULL AND institution_id IS NULL)),
  CHECK (role NOT IN ('secretariat', 'observer') OR (commission_id IS NOT NULL AND country_code IS NULL AND institution_id IS NULL)),
  CHECK (role <> 'representative' OR (institution_id IS NOT NULL AND country_code IS NULL AND commission_id IS NULL))
) STRICT;
INSERT INTO grants_new (id, user_id, role, country_code, commission_id, institution_id, created_at)
  SELECT id, user_id, role, country_code, commission_id, institution_id, created_at FROM grants;
DROP TABLE grants;
ALTER TABLE grants_new RENAME TO grants;
CREATE INDEX grants_of_user ON grants (user_id);
CREATE INDEX grants_of_country ON grants (country_code);
CREATE INDEX grants_of_commission ON grants (commission_id, role);
CREATE INDEX grants_of_institution ON grants (institution_id);
CREATE INDEX grants_by_role ON grants (role, user_id);
CREATE TRIGGER reminder_agenda_representative AFTER INSERT ON grants WHEN new.institution_id IS NOT NULL BEGIN
  UPDATE reminder_agenda SET look_at = '1970-01-01 00:00:00'
    WHERE assignment_id IN (SELECT id FROM assignments WHERE institution_id = new.institution_id AND open = 1);
END;
CREATE TRIGGER reminder_agenda_representative_gone AFTER DELETE ON grants WHEN old.institution_id IS NOT NULL BEGIN
  UPDATE reminder_agenda SET look_at = '1970-01-01 00:00:00'
    WHERE assignment_id IN (SELECT id FROM assignments WHERE institution_id = old.institution_id AND open = 1);
END;
