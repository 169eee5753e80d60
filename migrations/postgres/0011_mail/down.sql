-- Undoes 0011_mail: Mail waiting to go out, and the ledger of what each person has been reminded of.
DROP TABLE reminder_ledger;
DROP TABLE delivery_commissions;
DROP TABLE deliveries;
