# Web pages: the annual report.
reports-page = Annual reports
reports-new = New report
reports-none = There are no reports yet. Each report is drafted from the records of its period.
reports-help = How the annual report is prepared
reports-none-for-reader = There are no reports, and no question of a report is assigned to your commissions.
reports-column-report = Report
reports-column-status = Status
reports-column-confirmed = Confirmed answers
reports-column-findings = Errors and warnings
reports-column-question = Question
reports-column-state = State
reports-column-assignee = Answered by
reports-column-step = Next step
reports-column-figure = Figure
reports-column-before = Last report
reports-column-now = This report
reports-status-draft = Draft
reports-status-approved = Approved
reports-state-empty = No answer
reports-state-drafted = To be confirmed
reports-state-edited = Written, to be confirmed
reports-state-confirmed = Confirmed
reports-state-approved = Approved
reports-confirmed-of = { $done } of { $all }
reports-all-approved = Approved with the report
reports-version-n = Version { $n }
reports-title-of-version = { $title } · version { $n }
reports-replaced = Version { $n } replaces this report.
reports-being-replaced = There is a draft of version { $n }, which will replace this report.
reports-replaced-by = Replaced by version { $n }
reports-errors-n = { $n ->
    [one] 1 error
   *[other] { $n } errors
}
reports-warnings-n = { $n ->
    [one] 1 warning
   *[other] { $n } warnings
}
reports-no-findings = No errors or warnings
reports-mandatory = Mandatory in the form
reports-coordinator = Coordinator
reports-left-open = { $n ->
    [one] Unanswered, and not mandatory, is question
   *[other] Unanswered, and not mandatory, are questions
}
reports-see-records = Show the { $n } records
reports-ready = Every answer is confirmed and without errors. The report can be approved.
reports-blocked = Before the report can be approved:
reports-blocked-unanswered = { $n ->
    [one] answer 1 mandatory question
   *[other] answer { $n } mandatory questions
}
reports-blocked-errors = { $n ->
    [one] correct 1 answer with errors
   *[other] correct { $n } answers with errors
}
reports-blocked-open = { $n ->
    [one] confirm 1 answer
   *[other] confirm { $n } answers
}
reports-to-correct = to be corrected
reports-to-confirm = to be confirmed
reports-to-answer = to be answered
reports-records-changed = { $n ->
    [one] 1 answer cites records that changed since it was drafted or reviewed. This does not block the approval; check it:
   *[other] { $n } answers cite records that changed since they were drafted or reviewed. This does not block the approval; check them:
}
reports-documents = Documents
reports-document-clean = Report
reports-document-working = Working copy
reports-document-answers = Answers alone
reports-document-draft-about = The working copy has errors, warnings and sources. “Answers alone” is for copying them into the form.
reports-working-until-approval = has errors, warnings and sources; it can be downloaded only before the approval.
reports-document-about = These documents were fixed when the report was approved; they do not change.
reports-about = About the report
reports-version = Version
reports-version-reason = Reason for the version
reports-drafted-at = Drafted from the records
reports-approved-at = Approved
reports-approved-by = { $at }, by { $name }
reports-fingerprint = SHA-256 (beginning)
reports-previous-version = Last version
reports-open-previous = Open the last version
reports-edit = Change period or roadmap
reports-do-go-on = Go on with question { $n }
reports-do-compare = Compare with the last report
reports-do-draft = Draft again
reports-do-confirm-unchanged = { $n ->
    [one] Confirm 1 answer that does not change
   *[other] Confirm the { $n } that do not change
}
reports-unchanged-title = Answers that do not change
reports-unchanged-about = These answers are as they were approved, have no errors, and their records have not changed. They are confirmed in your name.
reports-confirm-unchanged = Confirm those that do not change
reports-none-unchanged = No answer to be confirmed is the same as in the approved version.
reports-section-about = These answers of the section are drafted, have no errors, and their records have not changed. Review them: once confirmed they are in your name.
reports-confirm-section = Confirm these answers
reports-none-ready = No answer of the section is ready to be confirmed.
reports-do-confirm-section = Confirm { $n } answers together
reports-do-approve = Approve report
reports-do-version = New version
reports-do-remove = Delete draft
reports-choose = Choose
reports-field-country = Country
reports-field-from = First day of the period
reports-field-to = Last day of the period
reports-field-roadmap = Roadmap
reports-roadmap-hint = The report asks about its priorities and next steps.
reports-field-first = This is the country's first report
reports-first-hint = The first report does not ask about the next steps of an earlier one.
reports-new-about = When the report is created, every answer that the records support is drafted. Then each one is reviewed and confirmed.
reports-edit-about = If the period or the roadmap changes, the answers are drafted again and all of them must be confirmed again. What people wrote is kept.
reports-open-existing = Open the report that exists
reports-existing-about = An approved one is corrected with “New version”.
reports-create = Create report
reports-save = Save
reports-is-approved = The report is approved. The answer does not change any more.
reports-answer = Answer
reports-not-asked-for = Does not apply
reports-no-answer = No answer
reports-not-yet-answered = Not answered yet
reports-field-text = Answer
reports-field-comment = Comment
reports-text-hint = Markdown is accepted: **bold**, lists with “-”, and an empty line between paragraphs.
reports-field-choices = Options
reports-field-other = Which others
reports-field-party = Party
reports-field-levels = Level of participation
reports-field-involvement = Contribution
reports-field-partner = Partner
reports-field-type = Type of partner
reports-field-description = Work done with this partner
reports-party-n = Party { $n }
reports-partner-n = Partner { $n }
reports-add-party = Add party
reports-add-partner = Add partner
reports-remove-row = Remove
reports-save-answer = Save and confirm
reports-save-answer-and-go-on = Save, confirm and go on
reports-save-answer-open = Save without confirming
reports-more-actions = Other actions
reports-save-about = What is confirmed is in your name, and the program does not rewrite it any more.
reports-confirm-about = If the stored answer is right as it stands, confirm it without a change.
reports-confirm = Confirm as it stands
reports-confirm-again-about = If the answer is still right with today's records, confirm it again.
reports-confirm-again = Confirm again
reports-confirm-unsaved = There are changes that are not saved. Save or discard them before you confirm the answer as it stands.
reports-confirm-empty-about = If the question is not answered, confirm that.
reports-confirm-empty = Confirm that it has no answer
reports-confirmed-before = · confirmed by { $name }, { $at }
reports-confirmed-by = by { $name }, { $at }
reports-back-to-draft = Go back to the draft
reports-redraft-answer = Draft this answer again
reports-redraft-answer-about = The text is drafted again from the records of today.
reports-back-to-draft-about = The answer is discarded, and the text drafted from today's records returns. The audit log keeps the discarded answer.
reports-replaced-unsent = The text that you wrote and did not save is replaced:
reports-replaced-answer = The present answer is replaced:
reports-replaced-kept = For 30 days you can see it and use it again from the page of the question ("See the earlier text").
reports-show-earlier = See the earlier text
reports-suggested = As of { $day }, the records suggest: { $status }.
reports-use-suggestion = Use this suggestion
reports-other-questions = Other questions
reports-question-before = Question before ({ $n })
reports-question-after = Next question ({ $n })
reports-all-questions = All questions
reports-records-n = { $n ->
    [one] 1 record
   *[other] { $n } records
}
reports-findings = Errors and warnings
reports-finding-error = Error
reports-finding-warning = Warning
reports-sources = Sources
reports-no-sources = The answer cites no records.
reports-source-activity = Activity
reports-source-agreement = Agreement
reports-source-commission = Commission
reports-source-commitment = Commitment
reports-source-institution = Institution
reports-source-meeting = Session
reports-source-observation = Observation
reports-source-plan = Plan
reports-source-plan-item = Item of the roadmap
reports-source-report = Earlier report
reports-insert = Insert
reports-changes = Changes since the confirmation
reports-changes-about = These records changed since the answer was drafted or reviewed. Check whether it needs an update, or draft it again; if not, confirm it.
reports-changes-unconfirmed = Records that changed
reports-changes-unconfirmed-about = They changed after this answer was drafted or written. The findings are about the records of today; the text may be out of date.
reports-change-added = New
reports-change-removed = No longer there
reports-change-changed = Changed
reports-comments = Comments
reports-comments-title = Comments on the answer
reports-no-comments = There are no comments.
reports-all-comments = Show all
reports-do-comment = Comment
reports-comment-hint = Only the people who prepare the report read it. It is not part of any document.
reports-send-comment = Send comment
reports-back-to-question = Back to the question
reports-nobody = Deleted person
reports-assignee = Answered by
reports-assignee-title = Who answers
reports-assignee-about = The secretariat of the chosen commission is notified by mail and finds the question among its pending work. It may answer, confirm and comment on it. The coordinator is notified when it has answered. Of the rest of the report the secretariat sees only the title and the period.
reports-assigned-to = The secretariat of { $commission } finds this question among its pending work: it may answer, confirm and comment on it. The coordinator is notified of its answer.
reports-change-assignee = Change
reports-save-assignee = Assign
reports-draft-about = Answers that nobody has written or confirmed are drafted again from today's records. The others do not change, nor do those of the last version.
reports-new-version-about = A draft is created with the answers of the approved report, which stays as it is. Those that do not change are confirmed together.
reports-remove-about = The draft and its answers are deleted. This cannot be undone.
reports-approval-title = Approval of the report
reports-warned = { $n ->
    [one] One answer has warnings that are worth a look. They do not block the approval.
   *[other] { $n } answers have warnings that are worth a look. They do not block the approval.
}
reports-approve-about = The answers below are approved, with the records that they cite and the documents. What is approved does not change; a correction is a new version. No mail is sent.
reports-compare-version = Comparison with the version before
reports-blocked-questions = Open questions:
reports-compare-title = Comparison with the last report
reports-no-previous = The country has no earlier report on record.
reports-previous = Last report:
reports-promised = What was announced for this period
reports-compared-version = Answers that change from version { $n }
reports-no-answers-changed = No answer changes.
reports-compared-steps = Next steps
reports-compared-choices = Answers that change
reports-no-choices-changed = No choice changed.
reports-compared-figures = Figures
reports-not-asked = Not asked
reports-not-known = Not known
reports-compare-document = Download the comparison
done-report-created = The report is created and drafted. Review and confirm each answer.
done-report-saved = The report is saved.
done-report-answer-saved = The answer is saved and confirmed.
done-report-answer-saved-before = The answer before is saved and confirmed. This is the next question to review.
done-report-answer-saved-last = The answer is saved and confirmed. No questions are left to review.
done-report-answer-empty = The answer is empty: nothing was saved. Write it before you save.
done-report-answer-open = The answer is saved and still to be confirmed.
done-report-answer-has-errors = The answer is saved but not confirmed: first correct the error shown.
done-report-answer-unmarked = The answer is not confirmed: mark one of the options and save it.
done-report-unchanged-confirmed = The answers that do not change are confirmed.
done-report-section-confirmed = The answers of the section are confirmed.
done-report-answer-confirmed = The answer is confirmed.
done-report-answer-drafted = The answer is drafted again from the records of today.
done-report-question-assigned = The question is assigned. The secretariat of the commission is notified, and you are when it has answered.
done-report-question-taken-back = The coordinator answers the question again.
done-report-question-as-before = It did not change who answers. Nobody was notified.
done-report-question-without-secretariat = The question is assigned, but nobody was notified: nobody of the secretariat has an account. Invite somebody or tell them by other means.
done-report-commented = The comment is saved.
done-report-drafted = The report was drafted again.
done-report-version-created = The new version is created. Change what is needed and confirm the answers.
done-report-removed = The draft was deleted.
done-report-approved = The report is approved.
