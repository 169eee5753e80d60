# Web pages: periodic reports.
duties-page = Periodic reports
duties-words = Words of the title
duties-new = New periodic report
duties-edit = Edit
duties-edit-title = Edit the periodic report
duties-remove = Delete
duties-do-remove = Delete the periodic report
duties-remove-about = The periodic report is deleted. This is not possible once there are reports or waivers.
duties-save = Save
duties-none = There are no periodic reports that you can see.
duties-about = About the report
duties-column-title = Report
duties-column-every = Frequency
duties-column-period = In force
duties-column-asked = Who reports
duties-column-commissions = Commissions that ask for it
duties-country = Country
duties-state-day = Date of the state
duties-state-on = State on { $day }
duties-every-month = Every month
duties-every-quarter = Every quarter
duties-every-half-year = Every half-year
duties-every-year = Every year
duties-since = since { $from }
duties-asked-institutions = { $n ->
    [one] 1 institution
   *[other] { $n } institutions
}
duties-field-title = Name of the report
duties-title-hint = For example: “Quarterly report of the regional labour directorates”.
duties-field-from = First period
duties-from-hint = For example: 2023, June 2027 or second quarter 2027. Periods that have passed are asked for too: those whose term is over count as “Did not report” at once.
duties-field-to = Last period
duties-to-hint = Empty while it is in force.
duties-field-due-days = Term
duties-due-days-hint = Days after the end of each period.
duties-days-after = { $n ->
    [0] The last day of the period
    [one] 1 day after the period
   *[other] { $n } days after the period
}
duties-who = Who reports
duties-who-hint = A whole sector, or institutions by name. From a sector, the members of the commissions on the last day of the period report. An institution that is added reports from the present period; the earlier periods of one that is removed stay as they were. Until the end of the period in which this report was entered, changes of the list hold from the first period on.
duties-field-sector = Sector
duties-no-sector = Institutions by name
duties-institution-row = Institution { $n }
duties-institution-add = Add an institution
duties-fields = Fields of each report
duties-fields-hint = A count is a whole number. Once there are reports, labels can change and fields can be added.
duties-field-row = Field { $n }
duties-field-label = Label
duties-field-kind = Kind
duties-field-unit = Unit
duties-field-add = Add a field
duties-kind-count = Count
duties-kind-percent = Percentage
duties-kind-text = Text
duties-field-item = Item of a plan
duties-no-item = None
duties-field-restricted = Restricted: known only to the secretariats, the coordinator and the institutions that report
duties-matrix = Who has reported
duties-institution = Institution
duties-all-institutions = All institutions
duties-nobody-asked = No institution has to report on these periods.
duties-hidden-periods = { $n ->
    [one] The last periods are shown. There is 1 before: choose it with “From” and “To”.
   *[other] The last periods are shown. There are { $n } before: choose them with “From” and “To”.
}
duties-window-from = From
duties-window-to = To
duties-window-show = Show
duties-window-states = The state of each report
duties-sum-of = { $n ->
    [one] Sum of 1 institution
   *[other] Sum of { $n } institutions
}
duties-sum-unaccepted = { $n ->
    [one] 1 not accepted yet
   *[other] { $n } not accepted yet
}
duties-no-sum = No sum: it is a percentage
duties-state = State
duties-state-expected = To report
duties-state-reported = Reported
duties-state-zero = Reported zero
duties-state-nothing = Nothing to report
duties-state-missing = Did not report
duties-state-waived = Waived
duties-late = late
duties-to-review = to review
duties-returned = returned
duties-count-reported = { $n } reported
duties-count-zero = { $n } reported zero
duties-count-nothing = { $n } with nothing to report
duties-count-missing = { $n } did not report
duties-count-expected = { $n } to report
duties-count-waived = { $n } waived
duties-count-late = { $n } late
duties-count-review = { $n } to review
duties-xlsx = Download as Excel
duties-docx = Download as Word
duties-pdf = Download as PDF
duties-reports = Reports
duties-numbers = Numbers by institution
duties-numbers-explained = Only the numbers that were reported are added. What an institution did not report has no data: it is not zero.
duties-sum = Sum of the reported numbers
duties-sum-known = { $n } of { $of } reported
duties-waivers = Waivers
duties-total-reported = Reported
duties-total-zero = Reported zero
duties-total-nothing = Nothing to report
duties-total-missing = Did not report
duties-total-expected = To report
duties-total-waived = Waived
duties-total-late = Late
duties-total-review = To review
duties-unknown = no data
duties-period = Period
duties-due = Last day of the term
duties-report-title = { $institution }: { $period }
duties-report = Report
duties-correct = Correct the report
duties-correct-accepted = The report is accepted. If it is corrected, it awaits review again.
duties-field-nothing = There is nothing to report on this period
duties-nothing-hint = This differs from reporting zero and from not reporting.
duties-values = Data
duties-values-hint = Leave empty what is not known. Zero means that it is known that there were no cases.
duties-field-narrative = Description
duties-send = Send the report
duties-review = Review
duties-first-revision = First sending
duties-correction = Correction { $n }
duties-reviewed-by-another = Another person of the secretariat or the coordination reviews it, because you entered it.
duties-report-anyway = Report all the same
duties-all = All
duties-unasked = — : no report was asked for on that period.
duties-comment-hint = To return the report, state what to correct.
duties-review-comment = Comment of the review:
duties-waive = Waive the report
duties-waive-about = The institution need not report on this period. If it reports, the report counts.
duties-do-waive = Waive
duties-field-reason = Reason
duties-withdraw-waiver = Withdraw the waiver
duties-waived-because = Reason for the waiver:
duties-history = History
duties-event-reported = Report received
duties-event-corrected = Correction received
duties-event-on-behalf = { $event }, on behalf of the institution
duties-event-in-file = { $event }, in an imported spreadsheet
duties-event-accepted = Report accepted
duties-event-returned = Report returned
duties-event-waived = Waiver
duties-event-waiver-withdrawn = Waiver withdrawn
duties-sheet-field = Value
duties-sheet-values = Values by period
duties-import = Import a spreadsheet
duties-import-title = Import a spreadsheet of reports
duties-import-what = The spreadsheet has a row for each institution and value, and a column for each period. An empty cell changes nothing, 0 is zero, and “Nothing to report” states that there was nothing to report. First you see what was understood.
duties-import-download = Download the spreadsheet to fill it in
duties-import-file = Spreadsheet
duties-import-do = Import
duties-import-refused = Nothing was imported. Correct these cells and try again.
duties-import-unchanged = The spreadsheet changes no report.
duties-import-counts = New reports: { $created }. Corrections: { $corrected }. Unchanged: { $unchanged }.
duties-import-place = Cell
duties-import-outcome = Effect
duties-import-outcome-created = New report
duties-import-outcome-corrected = Correction
duties-import-more = { $n ->
    [one] There is 1 more report.
   *[other] There are { $n } more reports.
}
done-duty-imported = The reports of the spreadsheet were received. Another person of the secretariat or the coordination reviews them.
done-duty-accepted = The report was accepted.
done-duty-returned = The report was returned. The institution gets the comment by mail.
done-duty-saved = The periodic report is saved.
done-duty-removed = The periodic report is deleted.
done-duty-reported = The report is received and awaits its review.
done-duty-waived = The waiver is recorded. The institution gets a mail.
done-duty-waiver-withdrawn = The waiver is withdrawn: the report is awaited again. The institution gets a mail.
