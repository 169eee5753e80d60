-- Undoes 0017_imports: Imports of follow-up matrices, and what each did to the records.
DROP TABLE import_effects;
DROP TABLE imports;
