-- Undoes 0006_meetings: Sessions of one or several commissions: agenda, attendance, minutes, documents.
DROP TABLE meeting_documents;
DROP TABLE minutes;
DROP TABLE attendances;
DROP TABLE agenda_items;
DROP TABLE meeting_commissions;
DROP TABLE meetings;
