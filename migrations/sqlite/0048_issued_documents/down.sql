DROP TABLE issued_files;
DROP TABLE issued_documents;
