# Web pages: agreements, and the session's page of agreements and commitments.
agreements-name = Agreement { $number }: { $title }
agreements-new = New agreement
agreements-edit = Edit agreement
agreements-save = Save agreement
agreements-choose = Choose
agreements-all = All
agreements-apply = Apply
agreements-words = Words
agreements-commission = Commission
agreements-commissions = Commissions
agreements-theme = Theme
agreements-unknown = another filter
agreements-none = There are no agreements yet. They are entered on the page of each session or with a new agreement.
agreements-none-filtered = No agreement meets these filters.
agreements-count = { $n ->
    [one] 1 agreement
   *[other] { $n } agreements
}
agreements-column-agreement = Agreement
agreements-column-commissions = Commissions
agreements-column-session = Session
agreements-column-adopted = Adoption
agreements-column-status = Status
agreements-status = Status
agreements-status-draft = Draft
agreements-status-in-force = In force
agreements-status-ended = Ended
agreements-kind = Kind
agreements-kind-meeting-agreement = Agreement of a session
agreements-kind-intergovernmental-agreement = Agreement between governments
agreements-kind-cooperation-agreement = Cooperation agreement
agreements-kind-memorandum-of-understanding = Memorandum of understanding
agreements-kind-letter-of-intent = Letter of intent
agreements-method = Form of adoption
agreements-method-unanimity = Unanimous
agreements-method-consensus = By consensus
agreements-method-majority = By majority
agreements-method-unspecified = The minutes do not state how
agreements-votes-for = { $n } for
agreements-votes-against = { $n } against
agreements-votes-abstained = { $n ->
    [one] 1 abstention
   *[other] { $n } abstentions
}
agreements-for = Votes for
agreements-against = Votes against
agreements-abstained = Abstentions
agreements-number = Number
agreements-number-hint = As in the minutes. For example: 6.
agreements-title = Title
agreements-text = Text of the agreement
agreements-text-hint = In the words of the minutes.
agreements-session = Session
agreements-no-session = No session
agreements-item = Item of the agenda
agreements-no-item = No item
agreements-adopted = Date of adoption
agreements-adopted-hint = Only if it differs from that of the session. For example: 22/08/2023 or March 2023.
agreements-restricted = Restricted
agreements-restricted-field = Restricted
agreements-restricted-hint = Only the secretariats, the coordination and the institutions named see it.
agreements-not-stated = Not stated
agreements-more = Themes, term, scope and parties
agreements-themes = Themes
agreements-scope = Scope
agreements-in-force-from = In force from
agreements-in-force-to = In force until
agreements-when-text = Date in the words of the source
agreements-document-url = Address of the text on the web
agreements-parties = Parties
agreements-parties-n = { $n } parties
agreements-party-n = Party { $n }
agreements-party-name = Institution or name
agreements-party-hint = With the name of the directory, the institution always sees the agreement.
agreements-party-side = Side
agreements-add-party = Add another party
agreements-attachments = Documents
agreements-attachment-n = Document { $n }
agreements-attachment-title = Title
agreements-attachment-url = Address on the web
agreements-attachment-file = File
agreements-attachment-hint = PDF, Word or picture, up to 20 MB. In place of the address.
agreements-add-attachment = Add another document
agreements-remove = Remove
agreements-do-remove = Remove agreement
agreements-remove-about = The agreement is removed. This is not possible if it has commitments or stands in approved minutes.
agreements-about = About the agreement
agreements-no-commitments = This agreement has no commitments.
done-agreement-saved = The agreement is saved.
done-agreement-saved-same-number = The agreement is saved. Another agreement of the session has the same number.
done-agreement-removed = The agreement is removed.
done-agreements-entered = Everything is saved.
entry-agreements-n = { $n ->
    [0] No agreements
    [one] 1 agreement
   *[other] { $n } agreements
}
entry-commitments-n = { $n ->
    [0] No commitments
    [one] 1 commitment
   *[other] { $n } commitments
}
entry-none-yet = The session has no agreements or commitments yet. They are entered with the form of this page.
entry-none = The session has no agreements or commitments.
entry-drafts-n = { $n ->
    [one] 1 commitment is a draft. The approval of the minutes publishes it and notifies the institutions.
   *[other] { $n } commitments are drafts. The approval of the minutes publishes them and notifies the institutions.
}
entry-drafts-left-n = { $n ->
    [one] 1 commitment is still a draft: institutions do not see it.
   *[other] { $n } commitments are still drafts: institutions do not see them.
}
entry-publish-drafts = { $n ->
    [one] Publish the draft now
   *[other] Publish the { $n } drafts now
}
entry-publication-title = Publish the drafts
entry-publication-about = These commitments come into force and appear in lists and documents. Institutions can report from that moment. Each institution receives a mail for each commitment.
entry-publication-submit = { $n ->
    [one] Publish and notify
   *[other] Publish all { $n } and notify
}
entry-no-drafts = The session has no drafts to publish.
done-entry-published = The drafts were published. The institutions with a contact were notified and, for the others, the secretariat.
entry-minutes-approved = The minutes are approved. What is entered now becomes part of them only by a rectification.
entry-without-item = Without an item of the agenda
entry-add-here = Add an agreement to this item
entry-add-commitments = Add commitments
entry-no-commitments = No commitments.
entry-add-agreement = Add an agreement with its commitments
entry-add-to = Add commitments to: { $name }
entry-title-hint = Without title and text, the commitments have no agreement.
entry-adoption = Adoption, themes and restriction
entry-commitments = Commitments
entry-commitments-about = Those that are left blank are not saved.
entry-shared = For all commitments
entry-shared-about = This term and these institutions apply to each commitment that has none of its own.
entry-own-due = Own term
entry-own-due-hint = Empty: the term of all.
entry-own-responsible = Other institutions, or the term in the words of the minutes
entry-commitment-n = Commitment { $n }
entry-commitment-text = What will be done
entry-due = Term
entry-due-text = Term in the words of the minutes
entry-due-text-hint = Only if it says something that the date does not.
entry-responsible = Responsible
entry-responsible-hint = Everything that is marked or written is added together.
entry-all-members = All members of { $commission } ({ $n })
entry-sectors = Members of a group
entry-sector = { $sector } ({ $n })
entry-single = Choose institutions one by one
entry-institutions = Members
entry-others = Other institutions
entry-others-hint = One name or acronym in each line.
entry-add-row = Add another commitment
entry-publish = Publish now
entry-publish-hint = Without this mark the commitments are drafts until the minutes are approved. With it, the institutions are notified today.
entry-save = Save
sheet-day = State on { $day }
sheet-about = Commitments recorded before this session.
sheet-download = Download:
sheet-none = There were no commitments to follow up.
sheet-none-of-commission = The commission had no commitments to follow up.
sheet-totals = Commitments by commission and state
sheet-commission = Commission
sheet-overdue = Overdue
sheet-was-overdue = overdue
sheet-see-institutions = See institutions
sheet-of = Commitments of { $commission }
sheet-previous = Previous session:
sheet-first = It is its first session.
sheet-column-code = Code
sheet-column-text = Commitment
sheet-column-responsible = Responsible
sheet-column-due = Term
sheet-column-status = Status

agreement-finding-unanimity-with-abstentions = There are abstentions in an agreement by unanimity; check the votes.
agreement-finding-unanimity-without-figures = The agreement by unanimity gives no votes for it; add them if they were counted.
