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
imports-undo-mails = No mail is sent.
imports-undo-button = Undo import
imports-undo-leave = Leave it as it is
imports-what = The file is tried first: the page shows what was understood and what would change, and nothing is saved. Then it can be imported.
imports-file = File
imports-file-hint = A follow-up matrix (.xlsx or .csv) or a dataset (.json), up to 25 MiB.
imports-commission = Commission
imports-commission-hint = For the rows that do not name a commission. A dataset does not need it.
imports-choose = Choose
imports-country = Country
imports-country-hint = Instead of a commission, if each row names its own.
imports-no-country = None
imports-hidden = Read hidden rows too
imports-template = Download the template of the matrix
imports-try = Try file
imports-leave = Back to the list
imports-import = Import now
imports-result = Result of the dry run
imports-refused = It cannot be imported like this. Nothing was saved.
imports-would = Rows that create commitments: { $created }. That change them: { $changed }. Unchanged: { $unchanged }. With faults: { $rejected }.
imports-mails = The import mails no institutions. Completed commitments become reports to review, and the secretariat gets one mail.
imports-no-changes = The file is understood and changes nothing: everything is on record already.
imports-questions = Questions
imports-questions-what = These cells may mean more than one thing. With the answers, the file is tried again.
imports-question-place = Sheet { $sheet }, column { $column }, rows { $rows }
imports-other = Another answer
imports-other-hint = A date (2027-06-30, 2027-Q2) or a full name.
imports-faults = Faults
imports-fault-place = Cell
imports-fault-value = Value
imports-fault-fault = Fault
imports-more-faults = { $n ->
    [one] And { $n } more fault.
   *[other] And { $n } more faults.
}
imports-columns = Columns
imports-columns-what = The content of each column, as it was understood. A change is remembered for the commission.
imports-columns-refused = Too few headings are known. Choose the content of each column and try again.
imports-sheet = Sheet { $sheet }
imports-column-none = Leave out
imports-column-unknown = Not chosen
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
imports-why-struck-out = Text that is struck out
imports-why-covered = Covered by a merged cell
imports-why-empty-heading = Column without a heading
imports-why-unknown-heading = Unknown heading
imports-why-other-heading = Another column has the same content
imports-why-by-choice = Column that was left out by choice
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
imports-kind-observation = Observations
done-imported = The matrix was imported.
done-nothing-imported = The file was imported. A dataset is not in the list.
done-import-undone = The import was undone.
