# Notices of what happens to sessions and commitments.

session-convened-subject = Invitation: { $title }, { $when }
session-convened = You are invited to the following session. The attached invitation adds it to your calendar.
session-changed-subject = Invitation changed: { $title }, { $when }
session-changed = The session that you are invited to has changed. The attached invitation updates your calendar.
session-changed-parts = Changed: { $parts }.
session-cancelled-subject = Cancelled: { $title }, { $when }
session-cancelled = The following session has been cancelled. The attached file takes it off your calendar.
session-no-longer-subject = Invitation withdrawn: { $title }, { $when }
session-no-longer = You are no longer invited to the following session. The attached file takes it off your calendar.
session-reason = Reason: { $reason }
session-part-title = the title
session-part-when = the date or the time
session-part-modality = the form of the session
session-part-place = the place
session-part-url = the link
session-part-commissions = the commissions that take part
session-part-agenda = the agenda
session-label-title = Session
session-label-commissions = Commissions
session-label-when = Date and time
session-label-modality = Form
session-label-place = Place
session-label-url = Link
session-when-from = { $day }, { $from }, { $zone }
session-when-from-to = { $day }, { $from } to { $to }, { $zone }
session-agenda-presenter = { $title } (presented by { $presenter })
session-agenda = Agenda
session-link = See the session
session-join = Link to join: { $url }
commitment-new-subject = { $code }: new commitment
commitment-new = A new commitment of the institution was entered.
commitment-returned-subject = { $code }: report returned
commitment-returned = The secretariat reviewed the report of completion and returned it. The commitment stays open: correct the report and send it again.
commitment-accepted-subject = { $code }: completion accepted
commitment-accepted = The secretariat reviewed the report and accepted the completion.
commitment-accepted-below-target = The reported quantity is below the target. The secretariat accepted it all the same.
commitment-review-withdrawn-subject = { $code }: review withdrawn
commitment-review-withdrawn = The secretariat withdrew its review. The report of completion awaits a review again.
commitment-reopened-subject = { $code }: commitment reopened
commitment-reopened = The secretariat reopened the part of the institution in the commitment. Progress is to be reported again.
commitment-cancelled-subject = { $code }: commitment cancelled
commitment-cancelled = The secretariat cancelled the part of the institution in the commitment. Nothing more has to be reported on it.
commitment-corrected-subject = { $code }: term corrected
commitment-corrected = The secretariat corrected a mistake in the term. The term below is the valid one.
commitment-granted-subject = { $code }: extension granted
commitment-granted = The secretariat granted the extension. The term below is the valid one.
commitment-granted-other = It differs from the term requested.
commitment-refused-subject = { $code }: extension refused
commitment-refused = The secretariat refused the extension. The term does not change.
commitment-review-subject = { $code }: completion to review
commitment-review = An institution reported that it completed its part. The report awaits your review.
commitment-not-achieved-subject = { $code }: reported as not achieved
commitment-not-achieved = An institution reported that it will not complete its part.
commitment-requested-subject = { $code }: extension requested
commitment-requested = An institution requests an extension. The request awaits your decision.
commitment-request-withdrawn-subject = { $code }: request for an extension withdrawn
commitment-request-withdrawn = The institution withdrew its request for an extension. There is nothing to decide, and the term does not change.
commitment-request-ended-subject = { $code }: the secretariat withdrew the request for an extension
commitment-request-ended = The secretariat withdrew the institution's request for an extension. It will not be decided, and the term does not change.
commitment-label-code = Code
commitment-label-commission = Commission
commitment-label-commissions = Commissions
commitment-label-session = Session
commitment-session = { $title } ({ $day })
commitment-label-agreement = Agreement
commitment-agreement = { $title } (no. { $number })
commitment-label-text = Commitment
commitment-label-institutions = Institution
commitment-label-target = Target
commitment-target = { $quantity } { $unit }
commitment-label-due = Term
commitment-label-requested = Term requested
commitment-label-reason = Reason
commitment-label-comment = Comment
commitment-label-narrative = Reported progress
commitment-label-quantity = Reported quantity
commitment-no-term = no term
commitment-link = See the commitment
commitment-link-review = Review the report
commitment-link-extension = Decide on the extension
commitment-no-account = For anything about this commitment, write to the technical secretariat of the commission.
commitments-handed-over-subject = Commitments that your institution takes over: { $number }
commitments-handed-over = Your institution takes over the following commitments from another institution.
commitments-taken-subject = Commitments that pass to another institution: { $number }
commitments-taken = Another institution takes over the following commitments. The part of your institution is cancelled.
commitments-label-reason = Reason
commitments-link = See the commitments
joint-subject = { $kind ->
    [meeting] Joint session: { $title }
    [agreement] Joint agreement: { $title }
   *[commitment] Joint commitment: { $title }
}
joint = { $kind ->
    [meeting] Another commission entered a joint session with your commission. You can change the session. Until its minutes are approved, you can also withdraw your commission from it.
    [agreement] Another commission entered an agreement that also belongs to your commission.
   *[commitment] Another commission entered a commitment that also belongs to your commission.
}
joint-label-title = { $kind ->
    [meeting] Session
    [agreement] Agreement
   *[commitment] Commitment
}
joint-link = { $kind ->
    [meeting] See the session
    [agreement] See the agreement
   *[commitment] See the commitment
}
withdrawn-subject = { $commission } leaves the joint session: { $title }
withdrawn = The secretariat withdrew { $commission } from the session. It also withdrew it from the agreements and commitments of the session that belong to several commissions.
reply-subject = { $reply ->
    [attends] { $institution } will attend: { $title }
   *[excused] { $institution } is excused: { $title }
}
reply = { $reply ->
    [attends] An invited institution says that it will attend the session.
   *[excused] An invited institution is excused from the session.
}
reply-label-institution = Institution
reply-label-person = Will attend
reply-label-note = Note
proposal-subject = Item proposed for the agenda: { $title }
proposal = An invited institution proposes an item for the agenda of the session. If you accept it, it is added. To decline it, give a reason.
proposal-link = Decide on the item
proposal-label-title = Proposed item
proposal-label-reason = Reason
proposal-decided-subject = { $outcome ->
    [accepted] Proposal accepted: { $title }
   *[declined] Proposal declined: { $title }
}
proposal-decided = { $outcome ->
    [accepted] The secretariat has added the item that your institution proposed to the agenda.
   *[declined] The secretariat has not added the item that your institution proposed to the agenda.
}
delegate-changed-subject = { $institution } has changed its delegates in { $commission }
delegate-changed = { $change ->
    [created] An institution has added a person who represents it in the commission.
   *[updated] An institution has changed the details of a person who represents it in the commission.
}
delegate-label-person = Person
delegate-label-capacity = Capacity
delegate-label-email = Address
delegate-label-period = Period
delegate-link = See the commission
activity-submitted-subject = Activity to validate: { $title }
activity-submitted = An institution submitted an activity for validation.
activity-validated-subject = { $count ->
    [one] Activity validated: { $title }
   *[other] { $count } activities validated
}
activity-validated = { $count ->
    [one] The secretariat has validated the activity that you entered; it is in the registry now.
   *[other] The secretariat has validated the following activities that you entered; they are in the registry now.
}
activity-sent-back-subject = Activity sent back: { $title }
activity-sent-back = The secretariat sent back the activity that you entered. Correct it and submit it again.
activity-label-title = Activity
activity-label-institutions = Organised by
activity-label-reason = Reason
activity-link = See the activity

# A person's calendar.

feed-name = { $brand }
feed-due = { $code } due: { $text }
feed-done = { $code } done: { $text }
feed-missed = { $code } not achieved: { $text }
feed-cancelled = { $code } cancelled: { $text }
feed-report-due = { $title } due, { $period }
feed-report-waived = { $title } waived, { $period }
feed-report-done = { $title } reported, { $period }
matrix-imported-subject = { $count ->
    [one] An imported report awaits review
   *[other] { $count } imported reports await review
}
matrix-imported = { $count ->
    [one] The matrix “{ $file }” was imported. It states that one part is completed. Its report awaits review.
   *[other] The matrix “{ $file }” was imported. It states that { $count } parts are completed. Their reports await review.
}
matrix-imported-link = Review the reports
duty-asked-subject = Periodic report: { $title }
duty-asked = Your institution is asked for a periodic report. This is the first period to report on.
duty-reported-subject = Report to review: { $title }
duty-reported = A periodic report was received. It awaits your review.
duty-returned-subject = Report returned: { $title }
duty-returned = The secretariat reviewed the report and returned it. It is to be corrected and sent again.
duty-waived-subject = Report waived: { $title }
duty-waived = The secretariat waived this report of your institution. You need not send it; if you report all the same, the report counts.
duty-waiver-withdrawn-subject = Waiver withdrawn: { $title }
duty-waiver-withdrawn = The secretariat withdrew the waiver. The report is awaited again.
duty-imported-subject = Reports to review: { $title }
duty-imported = A spreadsheet with periodic reports was imported. They await review.
duty-label-reports = Reports received
duty-link-matrix = See who has reported
duty-label-title = Report
duty-label-institution = Institution
duty-label-period = Period
duty-label-every = Frequency
duty-label-due = Last day of the term
duty-link-asked = See the periodic report
duty-label-state = Content
duty-label-revision = Revision
duty-label-narrative = Description
duty-label-comment = Comment
duty-label-reason = Reason for the waiver
duty-link-review = Review the report
duty-link-correct = Correct the report
duty-link-report = See the report
