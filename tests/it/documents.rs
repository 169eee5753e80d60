//! Uploads and who may fetch them.
