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

# A person's calendar.

feed-name = Articula
feed-due = { $code } due: { $text }
feed-done = { $code } done: { $text }
feed-missed = { $code } not achieved: { $text }
feed-cancelled = { $code } cancelled: { $text }
