-- A country with 20 commissions, 1,000 institutions and 100,000 commitments of two assignments each; terms lie within a
-- year before and after today. Ids begin with eight zeros, so that a load script tells them from new ones.
SET LOCAL statement_timeout = 0;
INSERT INTO countries (code, name, time_zone, locale, created_at, updated_at) VALUES ('BE', 'Bench', 'America/Lima', 'es', now(), now());
INSERT INTO institutions (id, name, sector, country_code, folded, created_at, updated_at)
  SELECT ('00000000-0002-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, 'Institución ' || n, 'government', 'BE', 'institucion ' || n, now(), now()
  FROM generate_series(1, 1000) n;
INSERT INTO commissions (id, country_code, name, kind, acronym, operational_state, folded, created_at, updated_at)
  SELECT ('00000000-0001-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, 'BE', 'Comisión ' || n, 'committee', 'C' || n, 'active', 'comision ' || n, now(), now()
  FROM generate_series(1, 20) n;
INSERT INTO commitments (id, country_code, lead_commission_id, code, text, due, due_from, due_to, due_sort, due_unchecked, completion_rule, restricted, status, open, folded, created_at, updated_at)
  SELECT ('00000000-0003-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, 'BE',
    ('00000000-0001-7000-8000-' || lpad(to_hex(n % 20 + 1), 12, '0'))::uuid, 'S-' || n, 'Capacitar a los inspectores de la provincia ' || n,
    to_char(term, 'YYYY-MM-DD'), term, term, term, false, 'all', false, status, status <> 'completed', 'capacitar a los inspectores de la provincia ' || n, now(), now()
  FROM (SELECT n, current_date + n % 730 - 365 AS term, CASE WHEN n % 10 < 4 THEN 'planned' WHEN n % 10 < 7 THEN 'in_progress' ELSE 'completed' END AS status
    FROM generate_series(1, 100000) n) seeds;
INSERT INTO commitment_commissions (commitment_id, position, commission_id)
  SELECT id, 0, lead_commission_id FROM commitments;
INSERT INTO commitment_themes (commitment_id, theme) SELECT id, 'child_labour' FROM commitments;
-- The trigger of new assignments joins them with their commitments.
ANALYZE commitments;
INSERT INTO assignments (id, commitment_id, institution_id, role, status, verification, pending_update_id, percent, completed_on, open, created_at, updated_at)
  SELECT ('00000000-0004-7000-8000-' || lpad(to_hex(n * 2 + part), 12, '0'))::uuid, ('00000000-0003-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid,
    ('00000000-0002-7000-8000-' || lpad(to_hex((n * 7 + part * 31) % 1000 + 1), 12, '0'))::uuid, 'responsible', status,
    CASE WHEN status <> 'completed' THEN 'none' WHEN n % 100 = 9 THEN 'pending' ELSE 'accepted' END,
    CASE WHEN n % 100 = 9 THEN ('00000000-0005-7000-8000-' || lpad(to_hex(n * 2 + part), 12, '0'))::uuid END, CASE status WHEN 'in_progress' THEN 40 END,
    CASE status WHEN 'completed' THEN current_date - 1 END, status <> 'completed', now(), now()
  FROM (SELECT n, CASE WHEN n % 10 < 4 THEN 'planned' WHEN n % 10 < 7 THEN 'in_progress' ELSE 'completed' END AS status
    FROM generate_series(1, 100000) n) seeds, generate_series(0, 1) part;
INSERT INTO updates (id, assignment_id, reported_on, status, narrative, on_behalf, received_at)
  SELECT pending_update_id, id, completed_on, status, 'Se capacitó a los inspectores de la provincia', false, now() FROM assignments WHERE pending_update_id IS NOT NULL;
ANALYZE;
