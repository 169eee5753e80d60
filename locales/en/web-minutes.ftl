# Web pages: minutes.
minutes-page = Minutes
minutes-state-none = No text yet
minutes-state-draft = Draft
minutes-state-circulated = Circulated
minutes-state-approved = Approved
minutes-comments-until = Comments are accepted until { $day }.
minutes-comments-ended = The term for comments ended on { $day }.
minutes-approved-on = on { $day }
minutes-version-n = version { $n }
minutes-text = Text of the minutes
minutes-text-hint = The discussion of each item. In Markdown: ## for a heading, - for a list, ** for bold. Day, place, attendance, agenda, agreements and commitments are added to the document by the program and need not be repeated.
minutes-save = Save draft
minutes-from-template = The text begins with a heading for each item of the agenda. Each “…” marks something that is left to write. Once saved and complete, the minutes can be circulated.
minutes-template-about = Has the agenda changed?
minutes-template = Download the initial text again
minutes-new-text = This text changed after the circulation. The institutions read the former one until it is circulated again or approved.
minutes-blanks-n = { $n ->
    [one] One blank (“…”) is left in the saved text:
   *[other] { $n } blanks (“…”) are left in the saved text:
}
minutes-blank-under = under “{ $heading }”, on line { $line }
minutes-blank-line = on line { $line }
minutes-blanks-more = { $n ->
    [one] and one more
   *[other] and { $n } more
}
minutes-blanks-next = Complete or remove them, and save the text. Then the minutes can be circulated and approved.
minutes-is-approved = The minutes are approved. They change only by a rectification.
minutes-do-circulate = Circulate minutes
minutes-do-approve = Approve minutes
minutes-do-rectify = Rectify minutes
minutes-do-comment = Send comment
minutes-do-enter-comment = Enter comment
minutes-see-comments = See comments
minutes-back = Back to the minutes
minutes-to-text = Go to the text of the minutes
minutes-choose = Choose
minutes-documents = Documents
minutes-format-pdf = PDF
minutes-format-docx = Word
minutes-format-md = Markdown text
minutes-restricted-part = Restricted annex (PDF)
minutes-versions = Versions
minutes-version-approved = Version 1, approved
minutes-version-rectified = Version { $n }, rectified
minutes-comments-title = Comments on the minutes
minutes-circulated-text = Circulated text
minutes-comments-n = { $n ->
    [0] Comments
    [one] 1 comment
   *[other] { $n } comments
}
minutes-no-comments = There are no comments.
minutes-on-behalf = entered by the secretariat
minutes-comment-new = New comment
minutes-comment-received = Enter a comment that was received
minutes-comment-institution = Institution
minutes-comment-text = Comment
minutes-comment-hint = The item of the minutes, what it says and what it should say.
minutes-send-comment = Send comment
minutes-comments-not-yet = The minutes are not circulated yet. Comments are accepted later.
minutes-comments-closed = The term for comments is over.
minutes-comments-approved = The minutes are approved and take no comments.
minutes-circulate-about = A mail with the minutes goes to the institutions of the session. From then on they can read them and send comments.
minutes-circulate-again = The new text replaces the former one, and the term for comments begins again. The comments received are kept.
minutes-until = Last day for comments
minutes-until-hint = For example: 15/09/2027. Without a date, until { $day }.
minutes-is-circulated = This text is circulated already. To circulate another one, it must be changed first.
minutes-mails-nobody = Nobody gets a mail.
minutes-mails-n = { $n ->
    [one] 1 person gets a mail
   *[other] { $n } people get a mail
}
minutes-unreached-n = { $n ->
    [one] There is nobody to write to in 1 institution
   *[other] There is nobody to write to in { $n } institutions
}
minutes-unreached-next = Inform them in another way, or enter their people or their address first.
minutes-signed = What is approved
minutes-see-pdf = See the minutes as PDF
minutes-signed-present = { $commission }: { $present } of { $entitled } voting members present
minutes-signed-points = { $n ->
    [0] No items on the agenda
    [one] 1 item of the agenda
   *[other] { $n } items of the agenda
}
minutes-signed-agreements = { $n ->
    [0] No agreements
    [one] 1 agreement
   *[other] { $n } agreements
}
minutes-signed-commitments = { $n ->
    [0] No commitments
    [one] 1 commitment
   *[other] { $n } commitments
}
minutes-agreement-n = Agreement { $number }:
minutes-drafts-n = { $n ->
    [one] 1 draft is published with the minutes
   *[other] { $n } drafts are published with the minutes
}
minutes-institutions-n = { $n ->
    [0] No institutions
    [one] 1 institution
   *[other] { $n } institutions
}
minutes-no-term = no term
minutes-comments-still-open = The term for comments is open until { $day }.
minutes-not-circulated = The minutes were not circulated. They can be approved like this if they were read at the end of the session.
minutes-approve-about = The session is marked as held. The content is fixed, with its code, and does not change any more. The institutions of the session get a mail.
minutes-publish = Draft agreements and commitments
minutes-publish-yes = Adopt and publish them with the minutes
minutes-publish-yes-about = The agreements come into force, and each institution responsible for a commitment is notified.
minutes-publish-no = Leave them as drafts: the minutes do not state them
minutes-approved-in = Approved in: { $title }
minutes-approved-in-field = Session in which they are approved
minutes-approved-in-hint = If they are approved in a later session.
minutes-approved-in-none = Not in another session
minutes-rectification-n = Rectification { $n }, { $day }
minutes-rectification-text = Text of the rectification
minutes-rectification-hint = What is rectified and why. It is added to the approved minutes.
minutes-rectify-about = A new version of the minutes is made with this text. The former versions are kept. The institutions of the session get a mail.
minutes-rectify-not-yet = The minutes are not approved. Until then the text itself is changed.
minutes-added-agreements = Agreements to add
minutes-added-commitments = Commitments to add
done-minutes-saved = The draft of the minutes is saved.
done-minutes-circulated = The minutes are circulated.
done-minutes-approved = The minutes are approved.
done-minutes-rectified = The minutes are rectified.
done-minutes-commented = The comment is sent.
minutes-not-yet = The minutes are not available yet. They can be read once the secretariat circulates them; a mail says so.
