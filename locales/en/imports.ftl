# Texts that an import writes into records.
import-corrected-by-dataset = Corrected by the import of a dataset.
import-stated-by-dataset = According to the imported dataset.
import-corrected-by-matrix = Corrected by the import of the follow-up matrix.
import-stated-by-matrix = According to the imported follow-up matrix.
import-undone = The import of the follow-up matrix was undone.
import-session-title = Session of { $day }
import-agreement-title = Agreement { $number }
import-state-noted = Status in the matrix: { $state }

# Faults and questions of a matrix.
fault-at-cells = Sheet “{ $sheet }”, rows { $rows }{ $many ->
    [none] {""}
   *[some] {" "}and { $more } more
}, column { $column } ({ $heading }): { $detail }
fault-duplicate-column = Column { $other } has this content already. State the content of each, or choose “Leave out” for one of them.
fault-no-commitment-column = Sheet “{ $sheet }”: no column contains the commitment. Choose it under Columns.
fault-displaced-column = Sheet “{ $sheet }”: column { $letters } (“{ $heading }”) is not used, because column { $other } (“{ $other_heading }”) was chosen as { $content }. If this is not intended, change it under Columns.
fault-fulfilled-in-part = Sheet “{ $sheet }”, { $many ->
    [one] row { $rows } is
    [more] rows { $rows } and { $more } more are
   *[some] rows { $rows } are
} fulfilled with less than 100 %. If this is wrong, correct the state or the percentage; if it is right, it is imported as it is.
fault-either-date = It may be the term or the day of completion: row { $other } has a date but is not completed. Answer the question, or state the content of the column.
fault-unclear-file = The file can be read in more than one way: { $choices }. Answer the question.
fault-remembered-mapping = The content of { $headings } was taken from an earlier import of the commission. If it is no longer right, choose another content or “Forget the earlier choice” under Columns.
question-institutions-column = Which column of the sheet “{ $sheet }” has the responsible institutions?
question-either-date = Does the column “{ $heading }” contain the term or the day of completion?
question-immediate = Which term does “{ $words }” mean?
question-day-or-year = “{ $words }” may be a day, or a month of a year. Which date is it?
question-no-year = Of which year is “{ $words }”?
question-which-days = “{ $words }”: working days or calendar days?
question-term = “{ $words }” is not understood as a date. Which term is it?
question-state = Which status does “{ $words }” mean?
question-percent = Which percentage is “{ $words }”?
question-name = “{ $words }” is not known ({ $heading }). Which one does it name?
fault-known-number = Commitment { $code } has this number and another text. Answer the question.
question-known-number = Number { $number } belongs to commitment { $code }: “{ $text }”. Is it the same one, with its text corrected?
answer-same-commitment = It is the same: its text is corrected
answer-other-commitment = It is another one: it is created
question-encoding = The file can be read in more than one way. Which one is right?
answer-leave-out = Leave it out
answer-open = No date: these words are kept
answer-session-day = The day of the session
answer-business-days = Working days
answer-calendar-days = Calendar days
answer-today = Today, { $day }
answer-counted-from-today = Counted from today, { $day }: until { $end }
answer-business-days-from-today = Working days counted from today, { $day }: until { $end }
answer-calendar-days-from-today = Calendar days counted from today, { $day }: until { $end }
answer-period = { $period }: { $from } to { $to }
answer-no-state = No status

# The matrix to start from.
template-title = Template of a follow-up matrix
template-sheet-lists = Lists
template-list-members = Institutions of the commission
template-column = Column
template-content = Content
template-example = Example
template-number-text = The number of the row. With the code of a commitment (such as CIGTPE-2023-004), the row changes that commitment.
template-number-example = 1
template-commission-text = Acronym or name of the commission. Empty: the one that is chosen for the import.
template-commission-example = CIGTPE
template-meeting-text = Name or number of the session. If it is not on record, it is entered with its date.
template-meeting-example = III ordinary session
template-meeting-date-text = The day of the session. Terms in days are counted from it.
template-meeting-date-example = 2027-08-22
template-agreement-text = Number or text of the agreement.
template-agreement-example = 6. Draft a protocol
template-text-text = Text of the commitment. It is required.
template-text-example = Draft the referral protocol
template-institutions-text = Responsible institutions by name or acronym, with semicolons between them.
template-institutions-example = MTPE; MINSA
template-co-institutions-text = Supporting institutions, written in the same way.
template-co-institutions-example = MIMP
template-due-text-text = The term in words: a date, a period, days from the session, or Permanente.
template-due-text-example = second quarter of 2027
template-due-text = The last day of the term. If it is stated, the words do not change it.
template-due-example = 2027-06-30
template-status-text = One of the statuses of the list.
template-status-example = In progress
template-percent-text = Progress, a whole number with the sign %.
template-percent-example = 40 %
template-completed-on-text = The day of completion; only with the status Completed.
template-completed-on-example = 2027-06-12
template-evidence-text = Means of verification, one per line. A completed commitment needs at least one.
template-evidence-example = Letter 12-2027
template-notes-text = The work that was done, or the reason why not.
template-notes-example = Two workshops were held

# The copy of a matrix with its faults.
annotated-sheet = Faults
annotated-place = Place
annotated-value = Value
annotated-fault = Fault or question
