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
session-when-from = { $day }, { $from } ({ $zone } time)
session-when-from-to = { $day }, { $from } to { $to } ({ $zone } time)
session-agenda = Agenda
session-link = See the session in Articula
commitment-new-subject = { $code }: new commitment
commitment-new = A commitment has been entered for your institution.
commitment-returned-subject = { $code }: the report was returned
commitment-returned = The secretariat reviewed the reported completion and returned it. The commitment stays open.
commitment-granted-subject = { $code }: extension granted
commitment-granted = The extension that was asked for has been granted. The new term holds.
commitment-refused-subject = { $code }: extension refused
commitment-refused = The extension that was asked for has been refused. The term stays as it is.
commitment-review-subject = { $code }: completion to review
commitment-review = The completion of a commitment has been reported and awaits your review.
commitment-label-code = Code
commitment-label-text = Commitment
commitment-label-institutions = Institution
commitment-label-due = Term
commitment-label-requested = Term asked for
commitment-label-comment = Comment
commitment-label-narrative = Reported progress
commitment-no-term = no term
commitment-link = See the commitment in Articula
joint-subject = { $kind ->
    [meeting] Joint session: { $title }
    [agreement] Joint agreement: { $title }
   *[commitment] Joint commitment: { $title }
}
joint = { $kind ->
    [meeting] The secretariat of another commission has entered a joint session with the commission that you keep. You may change it, or withdraw your commission from it until its minutes are approved.
    [agreement] The secretariat of another commission has entered an agreement that is also one of the commission that you keep.
   *[commitment] The secretariat of another commission has entered a commitment that is also one of the commission that you keep.
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
proposal = An institution that is convened proposes an item for the agenda of the session. You may accept it, which adds it to the agenda, or decline it with a reason.
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
