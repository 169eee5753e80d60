# Pages of sessions.
meetings-title = Sessions
meetings-lead = The next ones first; below, those held.
meetings-new = New session
meetings-new-lead = Creating the session notifies nobody but the secretariats of the other commissions. The convocation is sent later, on a page of its own. A session whose date has passed is recorded as held.
meetings-calendar = Open calendar
meetings-next = Next
meetings-past = Held
meetings-next-none = No sessions ahead.
meetings-next-none-writer = No sessions ahead. To plan one, create a new session.
meetings-next-none-filtered = No session ahead matches the filters.
meetings-past-none = No earlier sessions with these filters.
meetings-past-count = { $n ->
    [one] One earlier session
   *[other] { $n } earlier sessions
}
meetings-commission = Commission
meetings-commissions = Commissions
meetings-commissions-hint = In a joint session, all commissions that meet are marked; the first one gives the local time.
meetings-joint = Joint session with another commission
meetings-commissions-of-others = Of other secretariats, which are notified when it is saved:
meetings-all = All
meetings-all-commissions = All commissions
meetings-all-years = All
meetings-all-states = All
meetings-year = Year
meetings-status = State
meetings-status-scheduled = Scheduled
meetings-status-held = Held
meetings-status-cancelled = Cancelled
meetings-filter = Apply
meetings-from = From { $value }
meetings-to = Until { $value }
meetings-country = Country: { $value }
meetings-column-session = Session
meetings-column-when = Date
meetings-column-commissions = Commissions
meetings-column-state = State
meetings-column-institution = Institution
meetings-column-mailed = Get the mail
meetings-column-attendance = Attendance
meetings-column-capacity = Capacity
meetings-column-person = Person
meetings-column-actions = Actions
meetings-cancelled = Cancelled
meetings-restricted = Restricted
meetings-convened = Convened
meetings-to-convene = To convene
meetings-planned = Planned
meetings-minutes-approved = Minutes approved
meetings-minutes-circulated = Minutes in circulation
meetings-minutes-to-circulate = Minutes to circulate
meetings-minutes-to-approve = Minutes to approve
meetings-tabs = Pages of the session
meetings-tab-summary = Summary
meetings-tab-agenda = Agenda
meetings-tab-attendance = Attendance
meetings-tab-agreements = Agreements and commitments
meetings-tab-minutes = Minutes
meetings-tab-follow-up = Follow-up sheet
meetings-tab-documents = Documents
meetings-save = Save changes
meetings-create = Create session
meetings-edit = Change session
meetings-edit-mails = The session is convened: a change of title, date, form, place, link or commissions is mailed to the people convened when it is saved.
meetings-kind = Kind of session
meetings-kind-ordinal = { $kind }, number { $ordinal }
meetings-ordinal = Number
meetings-ordinal-hint = Next: { $list }.
meetings-field-title = Title
meetings-field-title-hint = For example: Third ordinary session of CIGTPE.
meetings-time-hint = For example: 12/05/2027 10:00, day first ({ $zone }).
meetings-time-hint-first = For example: 12/05/2027 10:00, day first, in the local time of the first commission marked.
meetings-starts-at = Beginning
meetings-ends-at = End
meetings-held = Date, if the time is not known
meetings-held-hint = For example: 12/05/2027, May 2027 or Q2 2027. The beginning or this date is enough.
meetings-modality = Form
meetings-not-stated = Not stated
meetings-choose = Choose
meetings-place = Place
meetings-url = Link for joining
meetings-url-hint = Begins with https://
meetings-field-restricted = Restricted session
meetings-field-restricted-hint = The secretariats of its commissions, the coordination and the institutions on the attendance list see it.
meetings-as-held = Hours and call, as held
meetings-started-at = Began
meetings-ended-at = Ended
meetings-call = Call at which it was held
meetings-call-first = first call
meetings-call-second = second call
meetings-next-step = Next step:
meetings-step-agenda = the session has no agenda.
meetings-step-agenda-button = Write agenda
meetings-step-date = the day or the time is missing for the convocation.
meetings-step-date-button = Set date
meetings-step-convene = the session is not convened. There are { $convened } institutions.
meetings-step-convene-button = Convene
meetings-step-proposals = proposals for the agenda wait for a decision.
meetings-step-proposals-button = Open proposals
meetings-step-wait = the session is convened; { $replies } of { $convened } institutions have replied.
meetings-step-wait-button = Open attendance
meetings-step-attendance = record the attendance.
meetings-step-attendance-button = Record attendance
meetings-step-write = write the minutes. Agreements are entered on a page of their own.
meetings-step-write-button = Write minutes
meetings-step-complete = { $blanks ->
    [one] one part of the text of the minutes is left to complete.
   *[other] { $blanks } parts of the text of the minutes are left to complete.
}
meetings-step-complete-button = Complete minutes
meetings-step-circulate = the minutes are written and wait for their circulation.
meetings-step-circulate-button = Circulate minutes
meetings-step-circulate-again = the text of the minutes changed after the circulation; it is to be circulated again or approved.
meetings-step-circulate-again-button = Open minutes
meetings-step-comments = the minutes are in circulation and take comments until { $day }; approval comes next.
meetings-step-comments-button = Open minutes
meetings-step-approve = the minutes were circulated and wait for approval.
meetings-step-approve-button = Approve minutes
meetings-step-follow-up = the minutes are approved; what remains is the follow-up of the commitments.
meetings-step-follow-up-button = Open follow-up
meetings-about = About the session
meetings-when = Date and time
meetings-convened-at = Convened on
meetings-agenda-edit = Change agenda
meetings-agenda-open = Open agenda
meetings-agenda-none = There are no items on the agenda yet.
meetings-agenda-items = Items
meetings-agenda-add = Add item
meetings-agenda-save = Save agenda
meetings-agenda-mails = The session is convened: a change of titles or order is mailed to the people convened.
meetings-item = Item { $n }
meetings-item-title = Subject
meetings-item-kind = Purpose
meetings-item-presenter = Presented by
meetings-item-outcome = Result
meetings-item-up = Move up
meetings-item-down = Move down
meetings-row-remove = Remove
meetings-closed = The minutes are approved: this no longer changes.
meetings-propose = Propose an item
meetings-proposals = Items proposed by institutions
meetings-proposal-pending = To be decided
meetings-proposal-accepted = Accepted
meetings-proposal-declined = Declined
meetings-proposal-reason = Reason
meetings-proposal-reason-hint = Why this session should deal with it.
meetings-proposal-reason-given = Reason of the decision: { $reason }
meetings-proposal-mails = The proposal is mailed to the secretariat, which accepts or declines it.
meetings-proposal-send = Send proposal
meetings-proposal-decide = Decide
meetings-decision-title = Decide on a proposed item
meetings-decision = Decision
meetings-decision-reason = Reason of the decision
meetings-accept = Accept
meetings-accept-hint = The item goes to the end of the agenda. The institution that proposed it is notified.
meetings-accept-mails = The item goes to the end of the agenda. The institution that proposed it gets a mail, and everybody convened is notified that the agenda changed.
meetings-decline = Decline
meetings-decline-hint = Needs a reason, which is mailed to the institution.
meetings-decide = Record decision
meetings-own-reply = Reply to the convocation
meetings-reply = Reply
meetings-reply-change = Change reply
meetings-reply-none = No reply
meetings-reply-title = Reply to the convocation
meetings-reply-label = Attendance
meetings-reply-attends = Will attend
meetings-reply-excused = Is excused
meetings-reply-excused-hint = The absence is excused.
meetings-reply-person = Person who will attend
meetings-reply-person-hint = Whoever represents the institution, also by delegation.
meetings-reply-note = Note for the secretariat
meetings-reply-mails = The reply is mailed to the secretariat and can be changed until the session begins.
meetings-reply-send = Send reply
meetings-replies = Replies
meetings-replies-count = { $total ->
    [one] { $n ->
        [0] The institution that was convened has not replied.
       *[other] The institution that was convened has replied.
    }
   *[other] { $n ->
        [0] None of the { $total } institutions has replied.
        [one] { $n } of { $total } institutions has replied.
       *[other] { $n } of { $total } institutions have replied.
    }
}
meetings-attendance-edit = Record attendance
meetings-attendance-open = Open attendance
meetings-attendance-none = No attendance recorded yet.
meetings-attendance-caption = Attendance of each institution
meetings-attendance-members = { $n ->
    [one] One institution. The person is proposed from those who represent it.
   *[other] { $n } institutions. The people are proposed from those who represent them.
}
meetings-attendance-add = Add person or invited institution
meetings-attendance-save = Save attendance
meetings-attendance-of = Attendance of { $name }
meetings-capacity-of = Capacity of the person of { $name }
meetings-person-of = Person of { $name }
meetings-hours = Arrival and leaving
meetings-hours-hint = Times of arrival and leaving are written as 10:15, { $zone }.
meetings-arrived-at = Arrival
meetings-left-at = Leaving
meetings-arrived = arrived { $time }
meetings-left = left { $time }
meetings-attendance-document = Attendance list to sign (PDF)
meetings-convocation-document = Convocation as sent (PDF)
meetings-convocation-draft = Draft of the convocation (PDF)
meetings-row-new = row { $n }
meetings-all-present = Mark rows without a mark as present
meetings-all-present-about = What is marked already does not change. The marks are saved with “Save attendance”.
meetings-all-present-done = The rows without a mark are now present. Nothing is saved yet: the marks are saved with “Save attendance”.
meetings-mark-present = Present
meetings-mark-absent = Absent
meetings-mark-excused = Excused
meetings-mark-none = No mark
meetings-attendance-present = present
meetings-attendance-absent = absent
meetings-attendance-excused = excused
meetings-quorum-count = { $present } of { $members } present; { $required } required
meetings-quorum-yes = Quorum reached
meetings-quorum-no = { $n ->
    [one] 1 more for the quorum
   *[other] { $n } more for the quorum
}
meetings-quorum-no-many = { $n } more for the quorum
meetings-quorum-second = On the second call { $required } are required.
meetings-quorum-unruled = { $present } of { $members } present. The commission has no quorum rule.
meetings-convene = Convene the session
meetings-convene-again = Convene again
meetings-convene-what = { $n ->
    [one] An invitation, with the agenda and the entry for the calendar, is mailed to the people of one institution.
   *[other] An invitation, with the agenda and the entry for the calendar, is mailed to the people of { $n } institutions.
}
meetings-convene-repeated = The session has been convened already. Everybody on the list gets the invitation again.
meetings-convene-restricted = The session is restricted: only the institutions on the attendance list are convened.
meetings-convene-nobody = There is nobody to convene. First add members to the commission, or institutions to the attendance list.
meetings-convene-no-agenda = The agenda is empty: the invitation goes without it.
meetings-convene-button = { $n ->
    [one] Convene one institution
   *[other] Convene { $n } institutions
}
meetings-unreached = { $n ->
    [one] One institution cannot be notified: it has neither people with an account nor an address. The secretariat gets the mail instead.
   *[other] { $n } institutions cannot be notified: they have neither people with an account nor an address. The secretariat gets the mail instead.
}
meetings-unreached-title = Institutions that cannot be notified
meetings-reached-title = Who gets the mail
meetings-cancel = Cancel the session
meetings-cancel-what = The session is cancelled, with its reason in the record. To hold it later, it must be scheduled and convened again.
meetings-cancel-mails = The people who got the convocation get a mail with the reason; the entry is withdrawn from their calendars.
meetings-cancel-no-mails = The session is not convened, or is over: no mail is sent.
meetings-cancel-reason = Reason
meetings-cancel-reason-hint = As the people convened will read it.
meetings-cancel-button = Cancel session
meetings-cancel-leave = Back without cancelling
meetings-withdrawal = Withdraw a commission from the session
meetings-withdrawal-of = Withdraw { $commission } from the session
meetings-withdrawal-what = The commission no longer meets in this joint session. The session goes on with the others. The commission also leaves the agreements and commitments of the session that it shares with another one.
meetings-withdrawal-mails = The secretariats of the other commissions are notified by mail, with the reason. If the session is convened, so are the people convened.
meetings-withdrawal-reason = Reason
meetings-withdrawal-button = Withdraw commission
meetings-withdrawal-leave = Go back without withdrawing
meetings-withdrawal-last = The session has only one commission, which cannot be withdrawn. The session can be cancelled.
meetings-removal = Delete the session
meetings-removal-what = The session is deleted, as if it had not been entered. This is possible only while it has no agreements and no commitments. It cannot be undone.
meetings-removal-convened = The session is convened and cannot be deleted. It can be cancelled, with a mail to the people convened.
meetings-removal-button = Delete session
meetings-removal-leave = Back without deleting
meetings-documents-open = Open documents
meetings-documents-attached = Attached documents
meetings-documents-none = There are no attached documents yet.
meetings-documents-of-session = Of the session
meetings-ics = Add to the calendar (.ics file)
meetings-document-new = Attach a document
meetings-document-attach = Attach document
meetings-document-title = Title
meetings-document-kind = Kind of document
meetings-document-signed-minutes = signed minutes
meetings-document-annex = annex
meetings-document-addendum = addendum
meetings-document-proceedings = proceedings
meetings-document-other = other
meetings-document-file = File
meetings-document-file-hint = At most 25 MB. The file or the address is enough.
meetings-document-url = Address of the document
meetings-document-url-hint = If it is published elsewhere; begins with https://
meetings-document-dated = Date of the document
meetings-document-edit = Change
meetings-document-edit-title = Change attached document
meetings-document-removal = Remove attached document
meetings-document-removal-what = The document is no longer part of the session. This cannot be undone.
meetings-document-remove = Remove document
fault-no-date = The beginning is missing, or the date if the time is not known.
fault-file-or-address = A file or an address is needed, and only one of them.
fault-unread-hour = The time is not understood, or does not exist. For example: 10:15. If it was another day: 12/05/2027 10:15.
fault-unread-time = Not understood as a day with a time, or that hour does not exist. For example: 12/05/2027 10:00.
fault-unknown-institution = The institution is not known. Write its name or acronym as in the directory.
done-meeting-created = The session was created.
done-meeting-changed = The changes were saved.
done-meeting-convened = The convocation was sent.
done-meeting-cancelled = The session was cancelled.
done-commission-withdrawn = The commission no longer meets in this session.
done-meeting-removed = The session was deleted.
done-meeting-replied = The reply was sent to the secretariat.
done-agenda-saved = The agenda was saved.
done-agenda-proposed = The proposal was sent to the secretariat.
done-proposal-accepted = The item was added at the end of the agenda.
done-proposal-declined = The item was declined, and the institution gets the reason.
done-attendance-saved = The attendance was saved.
done-document-attached = The document was attached.
done-document-changed = The document was changed.
done-document-removed = The document is no longer part of the session.
