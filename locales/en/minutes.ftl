# The minutes: circulation, comments, approval and rectification.

acta-banner-draft = DRAFT
acta-banner-circulated = DRAFT in circulation
acta-restricted-title = Restricted annex of the minutes: { $title }
acta-restricted = This document has the restricted agreements and commitments of the session. The minutes do not mention them.
acta-code = Code: { $code }
acta-circulated-until = circulated; comments until { $day }
acta-convened = Convened: { $day }
acta-call = Call: { $call }
acta-call-first = first call
acta-call-second = second call
acta-approved-by = Approval entered by: { $name }
acta-approved-in = Approved in the session: { $title } ({ $day })
acta-guests = Guests
acta-arrived = arrived { $at }
acta-left = left { $at }
acta-quorum-call-unknown = { $commission }: { $present } of { $entitled } voting members; { $required } are required on the first call and { $second } on the second; the call is not on record.
acta-outcome = Outcome: { $outcome }
acta-parties = Parties: { $names }
acta-commitments = Commitments
acta-no-commitments = No commitments were recorded.
acta-proposed = [Proposed] { $text }
acta-point = Item { $number } of the agenda.
acta-of-agreement = From agreement { $number }.
acta-agreement-unnumbered = Agreement: { $title }
acta-of-agreement-titled = From the agreement “{ $title }”.
acta-target = target: { $quantity } { $unit }
acta-column-code = Code
acta-column-text = Commitment
acta-column-responsible = Responsible
acta-responsible-below = { $n } institutions, named below the table
acta-responsible-of = { $code }, responsible:
acta-column-term = Term
acta-term-words = { $date } (“{ $words }”)
acta-no-term = no term
acta-annexes = Annexes
acta-comments = Comments received
acta-comment = { $institution }, { $day }
acta-rectification = Rectification { $number }, { $day }
acta-rectified-by = Rectification entered by: { $name }
acta-signatures = Signatures
acta-signed = Minutes of the session “{ $title }” ({ $day }), signed by:
acta-sign-blank = Name and institution
acta-sign-lead = Lead: { $commission }
acta-sign-secretariat = Secretariat: { $commission }
acta-version = version { $version }
acta-version-draft = draft
acta-no-code = Minutes without a code
acta-last-line = { $code } · { $version } · SHA-256 { $hash }

# The text to start from.

acta-template-blank = …

# The mails.

minutes-circulated-subject = Minutes in circulation: { $title }
minutes-circulated = The secretariat circulated the minutes of the following session.
minutes-invite-comments = Comments are received until { $day }.
minutes-commented-subject = Comment on the minutes: { $title }
minutes-commented = An institution commented on the minutes in circulation.
minutes-approved-subject = Minutes approved: { $title }
minutes-approved = The minutes of the following session were approved.
minutes-rectified-subject = Minutes rectified: { $title }
minutes-rectified = The approved minutes of the following session were rectified. The earlier version stays available.
minutes-label-session = Session
minutes-label-code = Minutes
minutes-label-day = Date of the session
minutes-label-commissions = Commissions
minutes-label-institution = Institution
minutes-label-comment = Comment
minutes-link = See the minutes
minutes-link-comment = Read the minutes and send comments
minutes-link-comments = See the comments
