# Web pages: progress.
progress-report-title = Report progress
progress-correct-title = Correct the report
progress-promised = What was promised
progress-last-report = Last report
progress-no-report = There are no reports of this institution yet.
progress-reported = What was reported
progress-evidence = Evidence
progress-history = History of this part
progress-term = Term
progress-target = Target
progress-state = Status
progress-commission = Commission
progress-status = Reported status
progress-day = Date of what is reported
progress-quantity = Quantity
progress-quantity-of = { $done } of { $of } { $unit }
progress-not-stated = quantity not reported
progress-percent = Progress
progress-open = See commitment { $code }
progress-back = Back to the commitment
progress-leave = Leave without sending
progress-sent-by = { $name } · received on { $at }
progress-sent-on-behalf = { $name }, for the institution · received on { $at }
progress-imported-by = Imported by { $name } · received on { $at }
progress-nobody = No name
progress-no-evidence = No evidence.
progress-evidence-file = file
progress-evidence-title-only = neither file nor address
progress-returned-with = The secretariat returned it:
progress-replaces-pending = This report awaits review. A new report replaces it.
progress-question-status = What is its status?
progress-question-done = What was done?
progress-question-done-hint = Facts, places and figures. The text goes to the follow-up matrix.
progress-completed-hint = At least one item of evidence is needed. It is fulfilled once the secretariat accepts the report.
progress-not-achieved-hint = It will not be done. The secretariat is notified.
progress-planned-hint = It has not begun.
progress-field-quantity = Quantity done ({ $unit })
progress-field-quantity-hint = Total until today; the target is { $target }.
progress-field-percent = Progress in percent
progress-field-percent-hint = From 0 to 100.
progress-field-day = Date of what is reported
progress-field-day-hint = The day of fulfilment. If it is not fulfilled, the day until which the report goes. For example: 30/06/2026 or 30 June 2026.
progress-field-on-behalf = I report on behalf of { $institution }
progress-field-on-behalf-hint = Another person of the secretariat, or the coordinator, must review it.
progress-evidence-hint = A file (up to { $n } MB) or a web address for each document. The report keeps them when another field must be corrected.
progress-evidence-row = Document { $n }
progress-evidence-title = Title
progress-evidence-title-hint = Empty: the name of the file or the address.
progress-evidence-kind = Kind
progress-evidence-url = Web address
progress-evidence-url-hint = Begins with https://
progress-evidence-upload = File
progress-evidence-add = Add a document
progress-remove = Remove
progress-kind-document = document
progress-kind-minutes = minutes
progress-kind-attendance = attendance list
progress-kind-report = report
progress-kind-norm = law or resolution
progress-kind-agreement = agreement
progress-kind-photo = photograph
progress-send = Send report
progress-send-next = A report of fulfilment awaits the review of the secretariat, which answers by mail. Other statuses are recorded at once.
progress-extension-title = Request an extension
progress-field-requested = New term
progress-field-reason = Reason
progress-extension-send = Send request
progress-extension-next = The secretariat decides and answers by mail. Until then the present term applies.
progress-extension-waits = A request for an extension awaits the decision of the secretariat.
progress-extension-withdraw = Withdraw the request
progress-extension-withdraw-about = If the request is withdrawn, the term does not change, and the secretariat is notified. Another one can be sent afterwards.
progress-extension-close = Withdraw on behalf of the institution
progress-extension-close-about = Use this if the institution says that it no longer needs the extension. The term does not change, and there is no decision. The institution is not notified.
progress-extension-colleague = The person who sent it, or the secretariat, can withdraw it. While it waits, no other can be sent.
progress-request = Request
progress-requested = Requested term
progress-requested-by = Requested by
progress-reason = Reason
progress-queue-title = To review
progress-count-reports = { $n ->
    [0] No report to review
    [one] One report to review
   *[other] { $n } reports to review
}
progress-count-requests = { $n ->
    [0] no extensions to decide
    [one] one extension to decide
   *[other] { $n } extensions to decide
}
progress-nothing-waits = Nothing awaits review or decision. New reports appear on this page.
progress-nothing-found = Nothing waits with these filters.
progress-to-commitments = See the commitments
progress-filter-all = All
progress-filter-commission = Commission
progress-filter-institution = Institution
progress-filter = Apply
progress-reports-waiting = Reports to review
progress-requests-waiting = Extensions to decide
progress-more-requests = More requests
progress-reviewed-lately = Reviewed in the last 24 hours
progress-outcome-accepted = Accepted
progress-outcome-returned = Returned
progress-count-evidence = { $n ->
    [0] no evidence
    [one] one item of evidence
   *[other] { $n } items of evidence
}
progress-done-on = completed on { $date }
progress-tag-below-target = Below target
progress-tag-own = Own report
progress-present-term = present term: { $term }
progress-asks-until = { $institution } asks for time until { $date }
progress-review = Review
progress-decide = Decide
progress-see = See
progress-review-title = Review of the report
progress-below-target = The quantity is below the target: { $quantity }.
progress-field-below-target = Accept although it is below the target
progress-field-below-target-hint = The comment gives the reason.
progress-field-comment = Comment
progress-field-comment-hint = To return it, explain what is missing. The institution reads it.
progress-accept = Accept
progress-return = Return
progress-accept-withdraws = If the report is accepted, the pending request for an extension is withdrawn.
progress-continue = Continue
progress-back-to-queue = Back to the list
progress-review-next = The institution receives the result by mail. A review can be withdrawn for 24 hours.
progress-replaced = A later report replaced this one.
progress-not-to-review = This report needs no review.
progress-open-waiting = See the report that awaits review
progress-accepted-by = Accepted by { $name } on { $at }
progress-returned-by = Returned by { $name } on { $at }
progress-was-below-target = It was accepted below the target.
progress-withdraw-review = Withdraw the review
progress-withdraw-review-about = If the review is withdrawn, the report awaits review again, and the institution is notified. It can be withdrawn until { $at }.
progress-decision-title = Request for an extension
progress-other-parts = Other institutions
progress-no-other-parts = No other institution takes part in this commitment.
progress-more-parts = { $n ->
    [one] One more institution
   *[other] { $n } more institutions
}
progress-field-other-term = Another term
progress-field-other-term-hint = Empty: what was asked for is granted, { $date }.
progress-field-decision-hint = To refuse, explain the reason. The institution reads it.
progress-grant = Grant
progress-refuse = Refuse
progress-decision-next = The institution receives the decision by mail. What is granted replaces the term of its part.
progress-event-reported = Reported: { $status }
progress-event-reviewed-accepted = Accepted by the secretariat
progress-event-reviewed-returned = Returned by the secretariat
progress-event-review-withdrawn = Review withdrawn
progress-event-cancelled = Part cancelled
progress-event-reopened = Part reopened
progress-event-restored = Import undone
progress-event-extension-requested = Extension requested: { $date }
progress-event-extension-granted = Extension granted: { $date }
progress-event-extension-granted-plain = Extension granted
progress-event-extension-refused = Extension refused
progress-event-extension-withdrawn = Request for an extension withdrawn
done-reported = The report was sent.
done-reported-for-review = The report was sent. It now awaits the review of the secretariat.
done-extension-requested = The request for an extension was sent.
done-extension-withdrawn = The request for an extension was withdrawn.
progress-periodic-waiting = Periodic reports to review
progress-all-periodic = Show the { $n } periodic reports to review
progress-count-periodic = { $n ->
    [one] 1 periodic report
   *[other] { $n } periodic reports
}
done-review-accepted = The report was accepted. The institution receives the result by mail.
done-review-returned = The report was returned. The institution receives the comment by mail.
done-review-withdrawn = The review was withdrawn. The report awaits review again.
done-extension-granted = The extension was granted. The institution receives the decision by mail.
done-extension-refused = The extension was refused. The institution receives the decision by mail.
