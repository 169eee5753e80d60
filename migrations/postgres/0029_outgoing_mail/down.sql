DROP TABLE daily_uses;
DELETE FROM reminder_ledger WHERE delivery_id IS NULL;
ALTER TABLE reminder_ledger DROP CONSTRAINT reminder_ledger_delivery_id_fkey;
ALTER TABLE reminder_ledger ADD CONSTRAINT reminder_ledger_delivery_id_fkey FOREIGN KEY (delivery_id) REFERENCES deliveries (id);
ALTER TABLE reminder_ledger ALTER COLUMN delivery_id SET NOT NULL;
