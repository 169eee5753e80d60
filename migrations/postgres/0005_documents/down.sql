-- Undoes 0005_documents: Uploaded files; their bytes live in the file store, named by their id.
DROP TABLE files;
