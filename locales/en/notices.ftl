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
session-part-when = the day or hour
session-part-modality = the modality
session-part-place = the place
session-part-url = the link
session-part-commissions = the commissions that sit
session-part-agenda = the agenda
session-label-title = Session
session-label-commissions = Commissions
session-label-when = Day and hour
session-label-modality = Modality
session-label-place = Place
session-label-url = Link
session-when-from = { $day }, { $from }, { $zone }
session-when-from-to = { $day }, { $from } to { $to }, { $zone }
session-agenda-presenter = { $title } (presented by { $presenter })
session-agenda = Agenda
session-link = See the session in Articula
commitment-new-subject = { $code }: new commitment
commitment-new = A commitment has been entered for your institution.
commitment-returned-subject = { $code }: the report was returned
commitment-returned = The secretariat reviewed the reported completion and returned it. The commitment stays open.
commitment-accepted-subject = { $code }: completion accepted
commitment-accepted = The secretariat reviewed the reported completion and accepted it.
commitment-accepted-below-target = The reported quantity is below the target; the secretariat accepted it all the same.
commitment-review-withdrawn-subject = { $code }: review withdrawn
commitment-review-withdrawn = The review of the reported completion was withdrawn; the completion awaits its review again.
commitment-reopened-subject = { $code }: commitment reopened
commitment-reopened = The secretariat reopened the institution's part of the commitment. Progress can be reported again.
commitment-cancelled-subject = { $code }: commitment cancelled
commitment-cancelled = The secretariat cancelled the institution's part of the commitment. Nothing is left to do in it.
commitment-corrected-subject = { $code }: term corrected
commitment-corrected = The secretariat corrected the term. The new term holds.
commitment-granted-subject = { $code }: extension granted
commitment-granted = The extension that was asked for has been granted. The new term holds.
commitment-granted-other = The term that was granted is not the one that was asked for.
commitment-refused-subject = { $code }: extension refused
commitment-refused = The extension that was asked for has been refused. The term stays as it is.
commitment-review-subject = { $code }: completion to review
commitment-review = The completion of a commitment has been reported and awaits your review.
commitment-not-achieved-subject = { $code }: reported as not achieved
commitment-not-achieved = It was reported that a commitment will not be fulfilled.
commitment-requested-subject = { $code }: extension requested
commitment-requested = An extension has been requested and awaits your decision.
commitment-request-withdrawn-subject = { $code }: request for an extension withdrawn
commitment-request-withdrawn = The request for an extension was withdrawn. Nothing is left to decide, and the term stays as it is.
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
commitment-label-requested = Term asked for
commitment-label-reason = Reason
commitment-label-comment = Comment
commitment-label-narrative = Reported progress
commitment-label-quantity = Reported quantity
commitment-no-term = no term
commitment-link = See the commitment in Articula
commitment-link-review = Review the completion in Articula
commitment-link-extension = Decide on the extension in Articula
commitment-no-account = To report progress or to ask for an extension, write to the technical secretariat of the commission.
commitments-handed-over-subject = Commitments that your institution takes over: { $number }
commitments-handed-over = Your institution takes over the following commitments from another institution.
commitments-taken-subject = Commitments that your institution hands over: { $number }
commitments-taken = Another institution takes over the following commitments. The part of your institution is cancelled.
commitments-label-reason = Reason
commitments-link = See the commitments in Articula
joint-subject = { $kind ->
    [meeting] Joint session: { $title }
    [agreement] Joint agreement: { $title }
   *[commitment] Joint commitment: { $title }
}
joint = { $kind ->
    [meeting] The secretariat of another commission has entered a joint session with your commission. You may change it, or withdraw your commission from it until its minutes are approved.
    [agreement] The secretariat of another commission has entered an agreement that also belongs to your commission.
   *[commitment] The secretariat of another commission has entered a commitment that also belongs to your commission.
}
joint-label-title = { $kind ->
    [meeting] Session
    [agreement] Agreement
   *[commitment] Commitment
}
joint-link = { $kind ->
    [meeting] See the session in Articula
    [agreement] See the agreement in Articula
   *[commitment] See the commitment in Articula
}
withdrawn-subject = { $commission } leaves the joint session: { $title }
withdrawn = The secretariat has withdrawn { $commission } from the session, and from those of its agreements and commitments that have another commission.
reply-subject = { $reply ->
    [attends] { $institution } will attend: { $title }
   *[excused] { $institution } is excused: { $title }
}
reply = { $reply ->
    [attends] An institution that is convened will attend the session.
   *[excused] An institution that is convened will not attend the session.
}
reply-label-institution = Institution
reply-label-person = Will attend
reply-label-note = Note
proposal-subject = Item proposed for the agenda: { $title }
proposal = An institution that is convened proposes an item for the agenda of the session. If you accept it, it is added to the agenda; to decline it, give a reason.
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
delegate-label-period = From and to
delegate-link = See the commission in Articula
activity-submitted-subject = Activity to validate: { $title }
activity-submitted = An activity has been submitted for validation.
activity-validated-subject = { $count ->
    [one] Activity validated: { $title }
   *[other] { $count } activities validated
}
activity-validated = { $count ->
    [one] The secretariat has validated the activity that you entered; it is in the registry now.
   *[other] The secretariat has validated the following activities that you entered; they are in the registry now.
}
activity-sent-back-subject = Activity sent back: { $title }
activity-sent-back = The secretariat has sent back the activity that you entered. Correct it and submit it again.
activity-label-title = Activity
activity-label-institutions = Organised by
activity-label-reason = Reason
activity-link = See the activity in Articula

# A person's calendar.

feed-name = Articula
feed-due = { $code } due: { $text }
feed-done = { $code } done: { $text }
feed-missed = { $code } not achieved: { $text }
feed-cancelled = { $code } cancelled: { $text }
matrix-imported-subject = { $count ->
    [one] An imported report awaits review
   *[other] { $count } imported reports await review
}
matrix-imported = { $count ->
    [one] The matrix “{ $file }” was imported: it states that one part is completed. Its report awaits review.
   *[other] The matrix “{ $file }” was imported: it states that { $count } parts are completed. Their reports await review.
}
matrix-imported-link = Review the reports in Articula
