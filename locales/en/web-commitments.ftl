# Web pages: commitments.
commitments-title = Commitments
commitments-new = Enter a commitment
commitments-all = All
commitments-views = Saved views
commitments-code = Code
commitments-text = Commitment
commitments-commission = Commission
commitments-institution = Institution
commitments-institutions = Institutions
commitments-due = Term
commitments-status = Status
commitments-words = Words or code
commitments-apply = Apply
commitments-filter-all = All
commitments-filter-all-of-them = All
commitments-more-filters = More filters
commitments-part-status = Status by institution
commitments-part-status-hint = At least one institution, or the chosen one, is in this state.
commitments-part-verification = Review of reports
commitments-part-verification-hint = The report of at least one institution, or of the chosen one, is in this state.
commitments-only-own = Only mine
commitments-only-own-of = Only mine: { $name }
commitments-theme = Theme
commitments-due-after = Due after
commitments-due-before = Due before
commitments-country = Country
commitments-open = Open
commitments-parts-open = Open
commitments-report = Report
commitments-draft = Draft
commitments-term-true = Overdue
commitments-term-false = Not overdue
commitments-term-soon = Due within 30 days
commitments-term-until-soon = Overdue or due within 30 days
commitments-awaiting-true = With reports to review
commitments-awaiting-false = Without reports to review
commitments-verification-none = Not reviewed
commitments-verification-pending = To review
commitments-verification-accepted = Accepted
commitments-verification-returned = Returned
commitments-chip-commission = Commission: { $value }
commitments-chip-part = An institution: { $value }
commitments-chip-review = A report: { $value }
commitments-chip-own = Only mine: { $value }
commitments-chip-after = After { $value }
commitments-chip-before = Before { $value }
commitments-chip-words = “{ $value }”
commitments-chip-agreement = Agreement: { $value }
commitments-chip-session = Session: { $value }
commitments-chip-plan-item = Roadmap: { $value }
commitments-unknown-institution = No institution is called “{ $name }”. The list shows all. Known names appear while typing.
commitments-count = { $n ->
    [0] No commitments
    [one] 1 commitment
   *[other] { $n } commitments
}
commitments-more-than = More than { $n } commitments
commitments-download = Download:
commitments-xlsx = Excel
commitments-csv = CSV
commitments-matrix = Follow-up matrix
commitments-sheet = Commitments
commitments-save-view = Save this view
commitments-save-view-button = Save view
commitments-view-name = Name of the view
commitments-delete-view = Delete the view “{ $name }”
done-commitments-view-saved = The view was saved.
done-commitments-view-deleted = The view was deleted.
commitments-none-found = No commitment matches these filters.
commitments-none = There are no commitments yet. Commitments are entered in sessions or one by one.
commitments-to-review = To review
commitments-returned = Returned
commitments-no-parts = No institutions
commitments-fulfilled = { $n ->
    [one] { $done } of 1 institution
   *[other] { $done } of { $n } institutions
}
commitments-n-to-review = { $n } to review
commitments-n-extensions = { $n ->
    [one] 1 extension requested
   *[other] { $n } extensions requested
}
commitments-no-term = No term
commitments-target = { $quantity } { $unit }
commitments-role-responsible = Responsible
commitments-role-co-responsible = Co-responsible
commitments-rule-all = Fulfilled when all institutions have done their part and the secretariat has verified it.
commitments-rule-any = Fulfilled when one institution has done its part and the secretariat has verified it.
commitments-rule-at-least = { $n ->
    [one] Fulfilled when at least one institution has done its part and the secretariat has verified it.
   *[other] Fulfilled when at least { $n } institutions have done their part and the secretariat has verified it.
}
commitments-done-parts = Fulfilled
commitments-all-parts = All institutions
commitments-last-day = Last day
commitments-is-overdue = Overdue
commitments-yes = Yes
commitments-parts-to-review = To review
commitments-extensions-asked = Extensions requested
commitments-last-change = Last change
commitments-part-in-words = { $name } ({ $state })
commitments-publish = Publish
commitments-edit = Edit
commitments-remove = Delete this commitment
commitments-draft-notice = This is a draft. Only the secretariat and the coordination see it; nobody has been notified. It takes no reports until it is published.
commitments-fulfilment = Fulfilment
commitments-n-overdue = { $n ->
    [one] 1 institution with an overdue term
   *[other] { $n } institutions with an overdue term
}
commitments-term-until = { $term } (until { $day })
commitments-term-unchecked = The calendar of holidays of some year of this term is missing. Only weekends were left out.
commitments-unit-business-days = business days
commitments-unit-calendar-days = calendar days
commitments-unit-months = months
commitments-counted-term = { $n } { $unit } from { $day }
commitments-goal = Target
commitments-session = Session
commitments-agreement = Agreement
commitments-number = No.
commitments-plan-items = Roadmap
commitments-followed-by = Followed up by
commitments-beneficiaries = Beneficiaries
commitments-institutions-n = { $n ->
    [one] 1 institution
   *[other] { $n } institutions
}
commitments-depends-on = Depends on
commitments-depends-on-hint = Commitments that must be fulfilled first. One code on each line, for example CIGTPE-2023-004.
commitments-item-later = The agenda item can be chosen after the commitment is saved with its session.
commitments-attachments = Documents
commitments-restricted = Access
commitments-restricted-tag = Restricted
commitments-restricted-about = The secretariat, the coordination and the institutions named in it see it.
commitments-history = History
commitments-whole-history = The whole history
commitments-add-part = Add an institution
commitments-no-parts-yet = No institution has a part in this commitment.
commitments-own-parts = { $n ->
    [one] The part of my institution
   *[other] The parts of my institutions
}
commitments-other-parts = Other institutions
commitments-extension-asked = Extension requested
commitments-quantity-of = { $done } of { $target }
commitments-target-of = target: { $target }
commitments-reported-on = reported on { $day }
commitments-no-report = no report
commitments-last-report = Last report: { $status }
commitments-evidence = Means of verification
commitments-review-comment = Comment of the review:
commitments-earlier-reports = { $n ->
    [one] See also the earlier report in the history
   *[other] See also the { $n } earlier reports in the history
}
commitments-step-review = Review
commitments-step-decide = Decide on the extension
commitments-step-report = Report
commitments-more-steps = More actions
commitments-report = Report on its behalf
commitments-ask = Request an extension
commitments-see-request = See the request for an extension
commitments-part-edit = Change term, target or role
commitments-part-cancel = Cancel this part
commitments-part-reopen = Reopen this part
commitments-part-remove = Remove this part
commitments-event-created = Entered
commitments-event-imported = Imported from the file
commitments-event-imported-plain = Imported from a matrix
commitments-event-published = Published
commitments-event-changed = Changed: { $fields }
commitments-event-added = added
commitments-event-part-changed = part changed
commitments-event-removed = Part removed
commitments-event-term-entered = Term set: { $date }
commitments-event-term-correction = Term corrected: { $date }
commitments-event-term-extension = Term extended: { $date }
commitments-event-term-calendar = Term computed again with the calendar: { $date }
commitments-event-term-removed = Term removed
commitments-event-before = Before: { $date }
commitments-field-commission-ids = commissions
commitments-field-text = text
commitments-field-agreement-id = agreement
commitments-field-meeting-id = session
commitments-field-themes = themes
commitments-field-plan-item-ids = roadmap
commitments-field-due = term
commitments-field-due-rule = count of the term
commitments-field-due-text = term in the words of the minutes
commitments-field-completion-rule = completion rule
commitments-field-follow-up-institution-id = institution that follows it up
commitments-field-beneficiary-ids = beneficiaries
commitments-field-depends-on-ids = dependencies
commitments-field-agenda-item-id = agenda item
commitments-field-attachments = documents
commitments-field-restricted = access
commitments-field-assignments = institutions
commitments-text-hint = The task, in the words of the commission.
commitments-commissions = Commissions that follow it up
commitments-choose = Choose
commitments-nothing = Not stated
commitments-nobody = None
commitments-counted = Term in days or months, or in the words of the minutes
commitments-rule-count = Number
commitments-rule-unit = Unit
commitments-rule-from = Counted from
commitments-due-text = Term in the words of the minutes
commitments-due-text-hint = As they stand in the minutes, for example “to be decided”.
commitments-members-of = All members of the commission
commitments-members-hint = Adds a part for each member, besides the institutions below.
commitments-or-members = Adds a part for each member that has none yet. No institution is chosen in that case.
commitments-row = Institution { $n }
commitments-role = Role
commitments-own-due = Own term
commitments-own-due-hint = Only if it differs from the term of the commitment.
commitments-target-quantity = Target: number
commitments-target-unit = Target: unit
commitments-add-row = Add another institution
commitments-remove-row = Remove
commitments-completion = The commitment is fulfilled when done by
commitments-choose-rule-all = All institutions
commitments-choose-rule-any = Any of them
commitments-choose-rule-at-least = At least a number of them
commitments-at-least = Number of institutions
commitments-at-least-hint = Needed only with “At least a number of them”.
commitments-further = More details
commitments-themes = Themes
commitments-restrict = Restricted access
commitments-file-limit = A file of up to { $n } MiB or a web address for each document.
commitments-document-row = Document { $n }
commitments-document-title = Title
commitments-document-url = Web address
commitments-document-file = File
commitments-add-document = Add another document
commitments-new-mails = When the commitment is entered, its institutions are notified by mail. Nobody is notified of a draft.
commitments-new-submit = Enter and notify
commitments-save-draft = Save as a draft
commitments-save = Save changes
commitments-edit-title = Edit { $code }
commitments-correction-reason = Reason for correcting the term
commitments-correction-hint = Required only when a term changes that was entered before.
commitments-correction-mailed = Required only when a term changes that was entered before. The institutions with that term are notified by mail.
commitments-present-term = Present term: { $term }
commitments-part-edit-title = Change the part
commitments-part-mails = Each institution that is added is notified by mail.
commitments-part-draft = The commitment is a draft: nobody is notified until it is published.
commitments-reason = Reason
commitments-reason-hint = It stays in the history and is in the mail.
commitments-mails = Who is notified by mail
commitments-mails-nobody = Nobody is notified by mail.
commitments-mails-instead = The mail goes to the secretariat: { $names }
commitments-mails-instead-of = { $n ->
    [one] Without a contact of its own: 1 institution
   *[other] Without a contact of their own: { $n } institutions
}
commitments-mails-unreachable = Nobody else of this institution is notified.
commitments-publication-title = Publish the commitment
commitments-publication-about = The commitment comes into force and appears in lists and documents. Institutions can report from then on.
commitments-publication-submit = Publish and notify
commitments-removal-title = Delete the commitment
commitments-removal-about = The commitment is deleted, and its code is not used again. This is not possible with reports or extensions, or when another record names it. Those who were notified are notified again.
commitments-removal-submit = Delete
commitments-part-removal-title = Remove the part
commitments-part-removal-about = The institution is no longer in the commitment. This is not possible with reports or extensions: then the part is cancelled. Those who were notified are notified again.
commitments-part-removal-submit = Remove
commitments-cancellation-title = Cancel the part
commitments-cancellation-about = The part no longer counts for the fulfilment. Its reports stay in the history. A requested extension is withdrawn.
commitments-cancellation-submit = Cancel the part
commitments-reopening-title = Reopen the part
commitments-reopening-about = The part counts again and takes reports.
commitments-reopening-submit = Reopen
done-commitments-created = The commitment was entered and its institutions were notified.
done-commitments-draft-saved = The draft was saved. Nobody has been notified.
done-commitments-changed = The changes were saved.
done-commitments-published = The commitment was published. Institutions with a contact were notified, and the secretariat for the others.
done-commitments-removed = The commitment was deleted.
done-commitments-part-added = The institution was added.
done-commitments-parts-added = The missing members were added.
done-commitments-part-changed = The part was changed.
done-commitments-part-removed = The part was removed.
done-commitments-part-cancelled = The part was cancelled.
done-commitments-part-reopened = The part was reopened.
