-- The same as for PostgreSQL.
WITH RECURSIVE months (n, first) AS (
  SELECT 1, date('now', 'start of month', '-1 month')
  UNION ALL SELECT n + 1, date(first, '-1 month') FROM months WHERE n < 48)
INSERT INTO duty_reports (id, duty_id, institution_id, period, period_from, period_to, revision, newest, state, late, verification, figures, on_behalf, from_file, received_at)
  SELECT unhex('00000000000670008000' || printf('%012x', asked.position * 100 + months.n)), asked.duty_id, asked.institution_id,
    strftime('%Y-%m', months.first), months.first, date(months.first, '+1 month', '-1 day'), 1, 1, 'reported', 0,
    CASE WHEN months.n = 1 THEN 'pending' ELSE 'accepted' END, '{"inspections":12}', 0, 0, datetime('now')
  FROM duty_institutions asked, months WHERE (asked.position + months.n) % 10 > 0;
ANALYZE;
