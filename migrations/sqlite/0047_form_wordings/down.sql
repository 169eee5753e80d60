DROP TABLE form_wordings;
