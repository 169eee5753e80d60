# Imports: the list, the form, the result of a dry run, and the undo.
imports-page = Imports
imports-new = Import
imports-none = There are no imports. A file can be tried without any change.
imports-count = { $n ->
    [one] { $n } import
   *[other] { $n } imports
}
imports-column-file = File
imports-column-commission = Commission
imports-column-moment = Date and time
imports-column-result = Result
imports-column-state = Status
imports-totals = Created: { $created }. Changed: { $changed }. Unchanged: { $unchanged }.
imports-undone = Undone
imports-done = Done
imports-to-commitments = Commitments of the commission
imports-to-reviews = Reports to review
imports-undo = Undo import
imports-undo-what = The records that the import created ({ $created }) are removed, and those that it changed ({ $changed }) are restored.
imports-undo-limits = If somebody has changed one of these records since, nothing is undone, and the page names them.
imports-undo-codes = The codes of the commitments that are removed are not used again.
imports-undo-refused = This import can no longer be undone, because there are later changes.
imports-undo-changed = was changed on { $moment }.
imports-undo-named = was changed, or another record names it.
imports-undo-next = Correct or cancel each commitment on its page. If a commitment was not changed and another record (an activity, minutes) names it, remove it from that record and then undo the import.
imports-undone-what = What the import created was removed, and what it changed was restored.
imports-undo-mails = No mail is sent.
imports-undo-button = Undo import
imports-undo-leave = Leave it as it is
imports-what = The file is tried first: the page shows what was understood and what would change, and nothing is saved. Then it can be imported.
imports-file = File
imports-file-hint = A follow-up matrix (.xlsx, .xlsm, .ods, .xls or .csv) or a dataset (.json), up to 25 MB.
imports-commission = Commission
imports-commission-hint = For the rows that do not name a commission. A dataset does not need it.
imports-choose = Choose
imports-country = Country
imports-country-hint = Instead of a commission, if each row names its own.
imports-no-country = None
imports-hidden = Read hidden rows too
imports-template = Download the template of the matrix
imports-help = How a matrix is imported
imports-try = Try file
imports-try-again = Try again
imports-sent = “{ $file }”: change the file, the commission or the options
imports-untried = Nothing was imported, because something changed since the dry run. This is the new result: check it, then import.
imports-leave = Back to the list
imports-import = Import now
imports-result = Result of the dry run
imports-dry-run = This is a dry run: nothing was saved.
imports-id = Import { $id }
imports-refused = It cannot be imported like this. Nothing was saved.
imports-would = Rows that create commitments: { $created }. That change them: { $changed }. Unchanged: { $unchanged }. With faults: { $rejected }.
imports-mails = The import mails no institutions. Completed commitments become reports to review, and the secretariat gets one mail.
imports-no-changes = The file is understood and changes nothing: everything is on record already.
imports-questions = Questions
imports-questions-what = The file cannot be imported until all questions are answered. Answer them and try again.
imports-question-place = Sheet { $sheet }, column { $column }, { $many ->
    [none] row
   *[some] rows
} { $rows }
imports-question-rows = Sheet { $sheet }, { $many ->
    [none] row
   *[some] rows
} { $rows }
imports-other = Another answer
imports-other-date = A date: 30/06/2027 or second quarter of 2027.
imports-other-name = The full name or the acronym, as it is on record.
imports-answer-unknown = “{ $answer }” is not recognised: it is not on record or is not a date. Choose one of the answers or write another one.
imports-missing-institution = Is an institution missing?
imports-answered = { $n ->
    [one] { $n } answer given: see or change it
   *[other] { $n } answers given: see or change them
}
imports-faults = Faults
imports-fault-place = Cell
imports-fault-value = Value
imports-fault-fault = Fault
imports-copy = Download a copy with the faults noted at their cells
imports-more-faults = { $n ->
    [one] And { $n } more fault.
   *[other] And { $n } more faults.
}
imports-columns = Columns
imports-columns-what = This is how each column was understood. Change what is not right: the change is remembered for the commission. Columns with “Not recognised” or “Leave out” are not read. The term takes words (“second quarter of 2027”); the last day takes a date. If several columns are remarks, their texts are joined. A start date is not recorded; to keep it, choose Remarks.
imports-columns-refused = Too few headings are known. Choose the content of each column and try again.
imports-sheet = Sheet { $sheet }
imports-column-none = Leave out
imports-column-unknown = Not recognised
imports-column-automatic = According to its heading
imports-column-forget = Forget the earlier choice
imports-content-number = No. or code
imports-content-code = Code of the commitment
imports-content-commission = Commission
imports-content-meeting = Session
imports-content-meeting-date = Date of the session
imports-content-agreement = Agreement
imports-content-text = Commitment
imports-content-institutions = Responsible
imports-content-co-institutions = Co-responsible
imports-content-due-text = Term (in words)
imports-content-due = Last day
imports-content-status = Status
imports-content-percent = % Done
imports-content-evidence = Means of verification
imports-content-completed-on = Completed on
imports-content-notes = Remarks
imports-left-out = Left out
imports-left-place = Place
imports-left-why = Reason
imports-left-text = Text
imports-more-places = { $n ->
    [one] And { $n } more place.
   *[other] And { $n } more places.
}
imports-why-hidden-sheet = Hidden sheet
imports-why-no-cells = Sheet without cells
imports-why-no-headings = Sheet without the headings of a matrix
imports-why-hidden-row = Hidden row
imports-why-hidden-column = Hidden column
imports-why-hidden-cell = Hidden by the format of its cell
imports-why-struck-out = Text that is struck out
imports-why-covered = Covered by a merged cell
imports-why-empty-heading = Column without a heading
imports-why-unknown-heading = Unknown heading
imports-why-other-heading = Another column is used for this content
imports-why-other-chosen = Another column was chosen for this content
imports-why-replaced = Another column of the row has a later term
imports-why-no-term = It states no term; the one in another column of the row counts
imports-why-by-choice = Column that was left out by choice
imports-why-by-answer = The answer leaves it out
imports-why-above-table = Row above the headings
imports-why-below-table = Row below the table
imports-why-total = Row of totals
imports-why-only-number = Row with nothing but its number
imports-why-title = Title between the rows
imports-why-repeated-headings = Repeated headings
imports-rows = Rows
imports-row-row = Row
imports-row-outcome = Result
imports-row-institutions = Responsible
imports-row-due = Term
imports-row-status = Status
imports-row-changes = Changes
imports-no-due = No date
imports-more-rows = { $n ->
    [one] And { $n } more row.
   *[other] And { $n } more rows.
}
imports-outcome-created = Created
imports-outcome-changed = Changed
imports-outcome-unchanged = Unchanged
imports-outcome-rejected = With faults
imports-place-row = Sheet “{ $sheet }”, row { $place }
imports-place-rows = Sheet “{ $sheet }”, column { $column }, rows { $rows }
imports-place-column = Sheet “{ $sheet }”, column { $place }
imports-place-cell = Sheet “{ $sheet }”, cell { $place }
imports-examples = Contains, for example: { $values }
imports-number-in-file = No. { $number } in the file
imports-row-text = Commitment
imports-row-co-responsible = co-responsible
imports-row-notes = Remarks
imports-commission-hint-required = The commission of rows that name none.
imports-undo-mapping = The content that was named for columns is kept for the next file of the commission.
imports-records = Commitments of the import
imports-record-code = Code
imports-record-text = Commitment
imports-record-institutions = Responsible
imports-record-due = Last day
imports-record-status = Status
imports-record-result = Result
imports-record-created = Created
imports-record-changed = Changed
imports-dataset-kind = Records
imports-dataset-created = Created
imports-dataset-updated = Changed
imports-dataset-unchanged = Unchanged
imports-dataset-rejected = With faults
imports-kind-country = Country
imports-kind-institution = Institutions
imports-kind-commission = Commissions
imports-kind-operational-state = States of commissions
imports-kind-membership = Memberships
imports-kind-delegate = Delegates
imports-kind-plan = Plans
imports-kind-plan-item = Actions of plans
imports-kind-meeting = Sessions
imports-kind-agreement = Agreements
imports-kind-commitment = Commitments
imports-kind-assignment = Parts of commitments
imports-kind-update = Reports
imports-kind-extension = Extensions
imports-kind-activity = Activities
imports-kind-indicator = Indicators
imports-kind-indicator-value = Values of indicators
imports-kind-observation = Observations
done-imported = The matrix was imported.
done-nothing-imported = The file was imported. A dataset is not in the list.
done-import-undone = The import was undone.
