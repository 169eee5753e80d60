-- The same as for PostgreSQL.
CREATE TEMP TABLE n AS WITH RECURSIVE up (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM up WHERE n < 100000) SELECT n,
  date('now', (n % 730 - 365) || ' days') AS term,
  CASE WHEN n % 10 < 4 THEN 'planned' WHEN n % 10 < 7 THEN 'in_progress' ELSE 'completed' END AS status FROM up;
INSERT INTO countries (code, name, time_zone, locale, created_at, updated_at) VALUES ('BE', 'Bench', 'America/Lima', 'es', datetime('now'), datetime('now'));
INSERT INTO institutions (id, name, sector, country_code, folded, created_at, updated_at)
  SELECT unhex('00000000000270008000' || printf('%012x', n)), 'Institución ' || n, 'government', 'BE', 'institucion ' || n, datetime('now'), datetime('now') FROM n WHERE n <= 1000;
INSERT INTO commissions (id, country_code, name, kind, acronym, operational_state, folded, created_at, updated_at)
  SELECT unhex('00000000000170008000' || printf('%012x', n)), 'BE', 'Comisión ' || n, 'committee', 'C' || n, 'active', 'comision ' || n, datetime('now'), datetime('now') FROM n WHERE n <= 20;
INSERT INTO commitments (id, country_code, lead_commission_id, code, text, due, due_from, due_to, due_sort, due_unchecked, completion_rule, restricted, status, open, folded, created_at, updated_at)
  SELECT unhex('00000000000370008000' || printf('%012x', n)), 'BE', unhex('00000000000170008000' || printf('%012x', n % 20 + 1)), 'S-' || n,
    'Capacitar a los inspectores de la provincia ' || n, term, term, term, term, 0, 'all', 0, status, status <> 'completed',
    'capacitar a los inspectores de la provincia ' || n, datetime('now'), datetime('now') FROM n;
INSERT INTO commitment_commissions (commitment_id, position, commission_id) SELECT id, 0, lead_commission_id FROM commitments;
INSERT INTO commitment_themes (commitment_id, theme) SELECT id, 'child_labour' FROM commitments;
INSERT INTO assignments (id, commitment_id, institution_id, role, status, verification, pending_update_id, percent, completed_on, open, created_at, updated_at)
  SELECT unhex('00000000000470008000' || printf('%012x', n * 2 + part)), unhex('00000000000370008000' || printf('%012x', n)),
    unhex('00000000000270008000' || printf('%012x', (n * 7 + part * 31) % 1000 + 1)), 'responsible', status,
    CASE WHEN status <> 'completed' THEN 'none' WHEN n % 100 = 9 THEN 'pending' ELSE 'accepted' END,
    CASE WHEN n % 100 = 9 THEN unhex('00000000000570008000' || printf('%012x', n * 2 + part)) END, CASE status WHEN 'in_progress' THEN 40 END,
    CASE status WHEN 'completed' THEN date('now', '-1 day') END, status <> 'completed', datetime('now'), datetime('now')
  FROM n, (SELECT 0 AS part UNION ALL SELECT 1);
INSERT INTO updates (id, assignment_id, reported_on, status, narrative, on_behalf, received_at)
  SELECT pending_update_id, id, completed_on, status, 'Se capacitó a los inspectores de la provincia', 0, datetime('now') FROM assignments WHERE pending_update_id IS NOT NULL;
DROP TABLE n;
ANALYZE;
