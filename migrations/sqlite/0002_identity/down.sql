-- Undoes 0002_identity: People, their sessions, one-time links, throttling of sign-in, and remembered answers of repeated POSTs.
DROP TABLE users;
