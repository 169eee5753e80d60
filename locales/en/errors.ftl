# Errors of the API: a title and one sentence that says what to do.

title-invalid-header = Invalid header
detail-invalid-header = The header { $header } cannot be read. If-Match and If-None-Match take * or entity tags in double quotes, separated by commas; Idempotency-Key takes 1 to 200 characters.
title-malformed-request = Malformed request
detail-malformed-request = The request cannot be read: send valid JSON in UTF-8.
title-invalid-query = Invalid query parameter
detail-invalid-query = { $reason ->
    [unknown] There is no parameter "{ $parameter }": take it out of the query.
    [missing] The parameter "{ $parameter }" is missing.
    [repeated] The parameter "{ $parameter }" is repeated: give it once.
    [value] The parameter "{ $parameter }" does not take the value "{ $value }".
    [order] The period ends before it begins: "from" cannot be later than "to".
   *[other] A query parameter is unknown or has a value that it cannot have: { $reason }.
}
title-not-signed-in = Not signed in
detail-not-signed-in = Sign in and send the access token.
title-invalid-credentials = Invalid credentials
detail-invalid-credentials = The address or the password is not right.
title-invalid-token = Invalid token
detail-invalid-token = The token has expired, was used before or was revoked: sign in again.
title-forbidden = Not allowed
detail-forbidden = { $who ->
    [admins] Only admins may do this.
    [other_admins] Only admins may do this, and not for their own account: end your own second factor in “My account” with a code.
    [coordinators] Only the coordinator of the country or admins may do this.
    [any_coordinator] Only the coordinator of a country or admins import the data of a country.
    [writers] Only the secretariat of one of the commissions, the coordinator of the country or admins may do this.
    [leaving_secretariat] Only the secretariat of the commission that leaves ({ $commission }), the coordinator of the country or admins may do this.
    [any_writer] Only a secretariat, the coordinator of a country or admins import a matrix.
    [writers_of_all] Only those who may write in every commission of the import may do this: its secretariat, the coordinator of the country or admins.
    [uploaders] Only representatives, secretariats, the coordinator of the country and admins upload files.
    [uploader] Only the person who uploaded the file or admins may delete it.
    [inviters] Only secretariats, the coordinator of the country or admins invite other people and change their grants.
    [inviters_elsewhere] A secretariat invites observers of its commission, and representatives of institutions of the country that are members of it today; ask the coordinator of the country or admins for this grant.
    [oneself] Only the person or admins change these details.
    [institution_writers] Only a secretariat of the institution's country, its coordinator or admins may do this; only admins change an institution without a country.
    [institution_movers] Records of other commissions or representatives depend on this institution: ask admins to move it to another country.
    [activity_writers] Only the secretariat of one of the commissions, the coordinator of the country or admins may do this and, until it is validated, the representatives of an institution that organises it.
    [activity_place] Representatives enter activities that their institution organises in its country or in its commissions; ask the secretariat of the commission or the coordinator of the country for this one.
    [institution_or_writers] Only representatives of the institution, the secretariat of one of the commissions, the coordinator of the country or admins may do this.
    [indicator_recorders] Only representatives of an institution responsible for the indicator, the country's coordinator or admins can do this.
    [convened] Only representatives of an institution that the session convenes may do this; the secretariat marks the attendance and writes the agenda.
    [convened_or_writers] Only the secretariat of one of the commissions, the coordinator of the country, admins or representatives of an institution that the session convenes may do this; the secretariat adds the signed minutes.
   *[other] Your role does not allow this: ask the secretariat of the commission, the coordinator of the country or admins.
}
title-own-update = Own update
detail-own-update = Whoever wrote or imported the update cannot review it: another person of the secretariat must, or the coordinator of the country.
title-not-your-review = Another's review
detail-not-your-review = Only the person who gave the review can withdraw it. The secretariat can reopen what was accepted.
title-password-by-invitation = Another's password
detail-password-by-invitation = Only admins set another person's password: leave it out, and the person chooses one with the mail that they get.
title-not-found = Not found
detail-not-found = It does not exist, or you may not know of it.
title-method-not-allowed = Method not allowed
detail-method-not-allowed = This address does not take that method; it takes { $allow }.
title-conflict = Conflict
detail-conflict = It conflicts with the present state; read the record again and retry.
title-in-use = In use
detail-in-use = Other records depend on it, or it has a history: it cannot be deleted.
title-duplicate = Already exists
detail-duplicate = A record with these data exists already.
title-field-in-use = Used in reports
detail-field-in-use = Institutions were asked for reports already, so “{ $field }” stays as it is. Labels can change, and fields, institutions and periods can be added.
title-period-not-begun = The period has not begun
detail-period-not-begun = The period lies in the future: report on it once it has begun.
title-overlapping-membership = Overlapping periods
detail-overlapping-membership = The institution is already in the commission during part of that period.
title-minutes-approved = Minutes approved
detail-minutes-approved = The minutes are approved and no longer change. The secretariat corrects them with a rectification.
title-minutes-empty = Minutes empty
detail-minutes-empty = Write the minutes before circulating or approving them.
title-minutes-unfinished = Minutes incomplete
detail-minutes-unfinished = { $reason ->
    [heading] Under “{ $heading }” a blank is left (“…”, on line { $line }): complete or remove it before circulating or approving the minutes.
   *[line] On line { $line } a blank is left (“…”): complete or remove it before circulating or approving the minutes.
}
title-minutes-not-circulated = Minutes not circulated
detail-minutes-not-circulated = The minutes are not circulated yet: the secretariat must circulate them before anybody comments.
title-minutes-not-approved = Minutes not approved
detail-minutes-not-approved = Only approved minutes are rectified; these can still be edited.
title-comments-closed = Term for comments over
detail-comments-closed = The term for comments is over. The secretariat can circulate a new text, with a new term.
title-already-accepted = Already accepted
detail-already-accepted = The completion was accepted; to change it, the secretariat must reopen it.
title-assignment-cancelled = Assignment cancelled
detail-assignment-cancelled = The assignment is cancelled; the secretariat can reopen it.
title-not-pending = Not pending
detail-not-pending = This update does not await review.
title-already-decided = Already decided
detail-already-decided = The extension has been decided already.
title-extension-pending = A request is waiting
detail-extension-pending = A request for an extension already waits for its decision: wait for the decision, or withdraw the request first.
title-extension-withdrawn = Request withdrawn
detail-extension-withdrawn = The request for an extension was withdrawn.
title-below-target = Below the target
detail-below-target = The quantity is below the target of the assignment, or is missing. To accept it all the same, send "accept_below_target": true and a comment.
title-built-upon = The review stands
detail-built-upon = { $reason ->
    [late] A review can be withdrawn within 24 hours only. What was accepted can be reopened.
    [cited] Approved minutes or an approved report cite the commitment: the review can no longer be withdrawn. What was accepted can be reopened.
   *[later] There is a later report, review, reopening or cancellation: the review can no longer be withdrawn.
}
title-not-closed = Not closed
detail-not-closed = Only what is accepted or cancelled can be reopened.
title-term-expired = Term expired
detail-term-expired = The term has passed: only the secretariat can request an extension.
title-draft = Draft
detail-draft = The commitment is a draft: publish it before reporting or requesting an extension.
title-not-draft = Not a draft
detail-not-draft = The commitment is published already.
title-meeting-cancelled = Meeting cancelled
detail-meeting-cancelled = The meeting is cancelled.
title-meeting-over = Meeting is over
detail-meeting-over = The meeting is over: it cannot be convened.
title-meeting-undated = Meeting without a day
detail-meeting-undated = State the day or hour of the meeting first; then convene it.
title-report-approved = Report approved
detail-report-approved = The report is approved and no longer changes.
title-report-has-errors = The report has errors
detail-report-has-errors = Correct the errors of questions { $questions } before approving the report.
title-unconfirmed = There are unconfirmed answers
detail-unconfirmed = Confirm the answers { $keys } before approving the report.
title-no-working-copy = There is no working copy
detail-no-working-copy = The report is approved: it has a clean copy alone (form=clean).
title-report-not-approved = The report is not approved
detail-report-not-approved = Only an approved report can have a new version; this one can still be edited.
title-report-has-newer-version = There is a newer version
detail-report-has-newer-version = This report has a later version already; go on with that one.
title-report-exists = There is already a report for this period
detail-report-exists = The country already has a report for this period. Continue with it or, if it is approved, with a new version of it.
title-import-built-upon = Changed since
detail-import-built-upon = { $reason ->
    [some] It cannot be undone: after the import this was changed, or named by others: { $records } and { $more } more.
   *[none] It cannot be undone: after the import this was changed, or named by others: { $records }.
}
title-import-undone = Undone already
detail-import-undone = This import was undone before.
title-not-available = Not available
detail-not-available = It is not available: { $reason }.
title-last-commission = Only commission
detail-last-commission = It is the only commission of the session: if it does not take place, cancel the session.
title-not-submitted = Not submitted
detail-not-submitted = The activity is not submitted for validation.
title-session-started = The session has begun
detail-session-started = The session has begun or is over: write to the secretariat.
title-session-not-convened = The session is not convened
detail-session-not-convened = The session is not convened yet: institutions reply once the convocation has been sent.
title-session-not-started = The session has not begun
detail-session-not-started = The session has not begun: its minutes are circulated and approved afterwards. If it has taken place, correct its day and time first.
title-proposal-decided = Proposal decided
detail-proposal-decided = The proposal for the agenda has already been accepted or declined.
title-precondition-failed = Changed meanwhile
detail-precondition-failed = The record has changed since you read it; read it again.
title-body-too-slow = Too slow
detail-body-too-slow = The body did not arrive completely in time: send it again, over a better connection if necessary.
title-too-large = Too large
detail-too-large = What was sent is larger than allowed.
title-quota-exceeded = No room for more files
detail-quota-exceeded = Your files already take the room allowed for one person ({ $quota }): delete those that no record cites and send the file again.
title-unsupported-media-type = Unsupported media type
detail-unsupported-media-type = Send the body as { $expected }.
title-executable-file = File not allowed
detail-executable-file = Programs and scripts are not allowed: send the document itself (PDF, Word, Excel, picture).
title-invalid-body = Invalid data
detail-invalid-body = The data have faults; each is listed with its place.
title-evidence-required = Evidence required
detail-evidence-required = To report completion add at least one means of verification.
title-contradictory = Contradictory data
detail-contradictory = The record contradicts itself; correct the values listed.
title-idempotency-key-reused = Key reused
detail-idempotency-key-reused = The idempotency key was used with another body.
title-too-many-attempts = Too many attempts
detail-too-many-attempts = Too many failed attempts: wait and try again.
title-daily-limit = Limit of the day reached
detail-daily-limit = { $kind ->
    [invitations] A person may send up to { $limit } invitations a day. Send the others tomorrow.
    [convocations] A person may send up to { $limit } mails about sessions a day. Convene again tomorrow.
    [minutes] A person may send up to { $limit } mails about minutes a day. Continue tomorrow.
   *[other] A person may do this up to { $limit } times a day. Try again tomorrow.
}
title-too-many-requests = Too many requests
detail-too-many-requests = You asked for this too many times in a short time: wait a few minutes and try again.
title-internal = Internal error
detail-internal = Something failed on our side; the request id finds it in the log.
title-unavailable = Service unavailable
detail-unavailable = A service that is needed does not answer; try again in a moment.

# Faults of a body.

fault-required = { $reason ->
    [on_behalf] You report for another institution: confirm it in this field.
    [below_target] The quantity is below the target, or is missing: tick the box to accept it all the same.
   *[other] This field is required.
}
fault-unknown-field = There is no such field.
fault-unknown-placeholder = The placeholder “{ $name }” cannot be used here.
fault-wrong-type = Expected { $expected }.
fault-wrong-length = Expected { $expected } entries.
fault-not-a-choice = Not one of the values allowed: { $allowed }.
fault-end-before-start = The end is before the start.
fault-out-of-range = It must lie between { $min } and { $max }.
fault-invalid-number = Not a number that is allowed.
fault-invalid-id = Not an id.
fault-invalid-date = Not a valid date; write YYYY-MM-DD, from 1900 to 2200.
fault-invalid-partial-date = Not a valid date; write 2023-06-30, 2023-06, 2023-Q2, 2023-H1 or 2023.
fault-invalid-instant = Not a valid instant; write 2023-08-22T14:00:00Z.
fault-invalid-url = Not a web address; it must begin with http:// or https://.
fault-invalid-email = { $reason ->
    [name] Not a mail address: look at what stands before the @.
    [domain] Not a mail address: look at what stands after the @.
    [length] Not a mail address: it has more than 254 characters.
   *[parts] Not a mail address: write it as name@domain.
}
fault-invalid-time-zone = Not an IANA time zone such as America/Lima.
fault-invalid-locale = Not a language tag such as es-PE.
fault-invalid-country-code = Write two capital letters, such as CL.
fault-invalid-fraction = Write a fraction such as 1/2, above zero and at most one.
fault-invalid-key = Use small letters, digits and _, beginning with a letter; at most 60 characters.
fault-invalid-text = The text contains a null character.
fault-not-one-line = Write it on one line, without line breaks or other control characters.
fault-hidden-characters = It contains invisible characters that change the direction of the text or control it: delete them and write it again.
fault-blank = It cannot be blank.
fault-too-long = At most { $max } characters.
fault-too-many = At most { $max } entries.
fault-too-few = Name at least one.
fault-too-short = At least { $min } characters.
fault-duplicate = It is repeated.
fault-not-yours-to-change = Not changed: the institution belongs to no country or to another one, and only an administrator can change it.
fault-review-left-out = The review was not imported: only an administrator imports reviews. If the report awaits review, another person must review it.
fault-reopening-left-out = The reopening was not imported: the report that had been accepted still awaits review.
fault-always-immediate = This notice is always mailed at once: keep “immediate”.
fault-unknown-reference = It does not exist, or you may not know of it.
fault-contradictory = { $reason ->
    [absent_with_times] A person who did not attend has no time of arrival or departure.
    [outside_session] The times are outside the session, which lasts from { $from } to { $to }.
    [votes_against] An agreement with votes against it is not unanimous.
    [present_and_absent] The institution is listed both as present and as absent.
    [consensus_against] An agreement with votes against it is not by consensus.
    [approved_before] Minutes cannot be approved in a session before their own.
    [no_majority] There are more votes against than in favour: there is no majority.
    [more_than_entitled] There are more votes than the { $members } voting members of that day.
    [more_than_total] Women and men together are more than the total.
   *[end_before_start] The end is before the start.
}
fault-in-the-future = It cannot be later than today.
fault-one-of = Give exactly one of: { $fields }.
fault-at-most-one-of = Give at most one of: { $fields }.
fault-any-of = State at least one of: { $fields }.
fault-not-together = It does not go together with { $field }.
fault-needs = It also needs { $field }.
fault-evidence-required = Add at least one means of verification.
fault-comment-required = Say why.
fault-other-country = It belongs to another country.
fault-report-exists = The country already has a report on this period.
fault-already-in-minutes = The minutes state it already.
fault-not-at-session = It was no member of the commissions on that day and is not on the attendance list.
fault-other-commission = It belongs to another commission.
fault-cycle = It points back to itself.
fault-fixed = It cannot be changed.
fault-not-submitted = This activity is not submitted for validation.
fault-return-instead = To send it back to whoever entered it, use the return, which takes the reason.
fault-holidays-not-shipped = The program ships the holidays of Chile and Peru from 2023 to 2027; others are written into the country's calendar.
fault-several-institutions = You represent several institutions that the session convenes: say for which one you propose.
fault-wrong-password = The current password is not right.
fault-not-later = It must end after the present term.

# Faults of a spreadsheet.

fault-at-unnamed-cell = Sheet “{ $sheet }”, row { $row }, column { $column }: { $detail }
fault-at-cell = Sheet “{ $sheet }”, row { $row }, column { $column } ({ $heading }): { $detail }
fault-unreadable-sheet = { $reason ->
    [encrypted] The workbook is protected with a password. Remove it and send the workbook again.
    [xlsb] This is a binary workbook (.xlsb). Save it as .xlsx and send it again.
    [no_workbook] The file is not a spreadsheet. Send an .xlsx, .ods, .xls or .csv.
    [no_text] The file is neither a spreadsheet nor text separated by semicolons or commas. Send an .xlsx, .ods, .xls or .csv.
    [empty] The file is empty.
    [entities] The workbook declares XML entities, which no spreadsheet needs. Open it and save it again as .xlsx.
    [too_large] The workbook is too large once it is unpacked. Send the matrix alone.
    [rows] The matrix has more than { $max } rows, headings not counted. Split it.
    [rows_in_all] The file has more than { $max } rows with data, counting titles, headings and other sheets. Send the matrix alone.
    [columns] There is data beyond column { $max }. Send the matrix alone.
    [cell] The cell { $place } has more than { $max } characters, more than any spreadsheet holds. Divide the text, or check for a missing quote.
    [no_matrix] No matrix was found: no sheet has a row of headings with Compromiso and at least two other known headings (Responsable, Plazo, Estado…). Known headings: { $known }. Other headings: { $unknown }. State the content of each column, or correct the headings.
    [xls_before_97] The workbook is from a version of Excel before Excel 97. Save it as .xlsx and send it again.
    [html] It is a web page with the name of a spreadsheet. Open it in Excel or LibreOffice, save it as .xlsx and send it.
    [pdf] The file is a PDF, whose tables are not read. Send the spreadsheet from which the PDF was made.
    [fods] The file is a flat LibreOffice spreadsheet (.fods). Save it as .ods or .xlsx and send it again.
    [xml_2003] It is an XML spreadsheet of Excel 2003. Save it as .xlsx and send it again.
    [numbers] It is a Numbers spreadsheet. Export it as Excel (.xlsx) and send it again.
   *[damaged] The workbook is damaged. Open it, save it again as .xlsx and send it.
}
fault-unknown-name = { $reason ->
    [some] “{ $name }” is not known. Did you mean { $suggestions }?
   *[none] “{ $name }” is not known. Check the name, or enter it first.
}
fault-ambiguous-name = “{ $name }” may be { $suggestions }. Write the full name.
fault-named-twice = { $name } stands twice in the cell.
fault-same-in-row = { $name } is responsible for this commitment already in row { $other }.
fault-same-commitment = This is the commitment of row { $other }. Keep one, or name another responsible in each row.
fault-other-in-row = This is the commitment of row { $other }, but it says something else here. Use the same in both.
fault-own-term = { $name } has a term of its own, which can only be a date or a period. Write, for example, 30/09/2023.
fault-changed-meanwhile = Somebody changed this commitment during the import. Try again: it shows what would change now.
fault-more-faults = There may be more faults. Correct these and try again.
fault-commission-not-stated = It does not say of which commission it is. Fill in the cell, or choose the commission of the import.
fault-broken-formula = The formula of the cell fails.
fault-no-result = No program has calculated the formula of this cell yet. Open the file in Excel or LibreOffice, save it and send it again.
fault-quote-never-closed = The cell begins with a quotation mark that is never closed, so that the rows below would become part of its text. Remove the mark or close it.
fault-unusable-period = { $reason ->
    [none] The heading is no period. Write for example 2023-Q2, 2023-06, 2023-H1 or 2023.
    [length] The period does not have the length of this periodic report.
    [outside] The period lies outside the term of this periodic report.
    [future] The period has not begun yet.
   *[twice] The period has two columns.
}
fault-not-asked = The institution is not asked for this report on that period.
fault-not-own-institution = It is not for you to report for this institution.
fault-stated-twice = The cell { $other } already has this value of the institution and period.
fault-nothing-beside-values = It states that there is nothing to report, and another row of the institution has a value for the same period.
fault-no-institution-column = No sheet has the column “Institution”. Download the spreadsheet and fill it in.
fault-no-field-column = The column “Value” is missing, which states the value of the report that each row has.
fault-unclear-letters = The letters of the file can be read in more than one way: { $choices }. Save it as .xlsx and send it again.
fault-macros-ignored = The workbook has macros. They were not read and not executed.
fault-mixed-encoding = The file is UTF-8, but some letters of the rows { $rows } have another encoding ({ $encoding }). They were read with that encoding.
fault-old-encoding = The text of the file was read as { $encoding }.
fault-double-encoding = The accented letters of rows { $rows } were encoded twice. “{ $stands }” was read as “{ $word }”.
fault-unclear-date = { $reason ->
    [no_year] The year is missing.
    [day_or_year] The number may be a day or a year. Write the whole date, for example 30/09/2023.
    [immediate] It does not state a date.
   *[unknown] This is not understood as a date. Write, for example, 30/09/2023.
}
fault-unclear-term = { $reason ->
    [which_days] It does not say whether these are working days or calendar days.
    [no_session] It is counted from the session, whose day is not known. Fill in Fecha de la sesión.
    [no_year] The year is missing.
    [day_or_year] The number may be a day or a year. Write the whole date, for example 30/09/2023.
    [immediate] It does not state a date: it may be the day of the session.
   *[unknown] This is not understood as a term. Write, for example, 30/09/2023, II trimestre 2023, 10 días hábiles or Permanente.
}
fault-terms-disagree = The last day does not agree with the term.
fault-unknown-state = This state is not known. Use one of: Pendiente, En proceso, Cumplido, No cumplido, Vencido, Cancelado.
fault-not-overdue = It is said to be overdue, but its term has not passed or is not known.
fault-unclear-percent = { $reason ->
    [one] This may be 1 % or 100 %. Write the % sign.
    [fraction] A fraction may be of one or of a hundred: 0,5 is 50 % or half of one per cent. Write a whole number with the % sign.
    [whole] Write a whole number, without decimals.
   *[range] This is not understood as a percentage. Write a number from 0 to 100.
}
fault-responsible-needed = { $reason ->
    [which_column] Without a responsible institution no progress can be recorded, and no known heading names the responsible institutions. Answer the question, or choose which of these columns has them: { $columns }.
    [no_column] Without a responsible institution no progress can be recorded, and the sheet has no column of responsible institutions. Add the column Responsable.
   *[empty_cell] Without a responsible institution no progress can be recorded.
}
fault-done-without-state = It has a day of completion, but its state is not Cumplido.
fault-unclear-session = { $reason ->
    [another] Another session of the commission is on record for that day: “{ $title }”. Write the same name, or correct the date.
    [several] This may be more than one session. Write its full name and its date.
   *[undated] No session of this name is on record. To enter it, fill in Fecha de la sesión.
}
fault-ambiguous-agreement = This may be more than one agreement. State the session and the number.
fault-ambiguous-commitment = This may be more than one commitment: { $suggestions }. State the code in a column Código.
fault-unknown-code = No commitment that you may change has this code. Leave the cell empty to enter it.

# Types of JSON values.

type-null = null
type-boolean = true or false
type-integer = a whole number without a thousands separator, such as 1500
type-number = a number without a thousands separator, such as 1500 or 12.5
type-string = a text
type-array = a list
type-object = an object
title-foreign-origin = The form does not come from this site
detail-foreign-origin = The browser says that another site sent the form, so nothing was done. Open the page again and send the form from there. If it happens always, the administrator must state in ARTICULA_PUBLIC_URL the address that people use.
fault-file-too-large = The file is too large; the maximum is 25 MB.
fault-executable-file = This is a program or a script; they are not accepted.
title-second-factor-required = Second factor required
detail-second-factor-required = { $reason ->
    [role] Your role needs a second factor. Activate it in “My account”, “Second factor”.
   *[code] The code of the second factor is missing.
}
title-second-factor-invalid = Wrong code
detail-second-factor-invalid = The code is wrong or was used before. Wait for the next one of the app, or use a recovery code.
title-second-factor-active = There is a second factor
detail-second-factor-active = A second factor is active. End it before you begin another.
title-too-many-tokens = Too many tokens
detail-too-many-tokens = You have 20 tokens, the maximum. End one that no program uses any more.
title-sign-in-again = Sign in again
detail-sign-in-again = This needs a sign-in within the last 15 minutes. Sign out and sign in again.
title-token-scope = The token is not for this
detail-token-scope = This token does not permit the action. Tokens for programs change no accounts and no people, and approve nothing.
fault-wrong-code = The code is wrong or was used before. Enter the one that the app shows now.
fault-easy-password = This password is too easy to guess. Use a phrase of your own with several words.
fault-needs-read = “read” is missing: every token may read.
