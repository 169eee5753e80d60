# Web pages: activities and the registry of a period.
activities = Activities
activities-new = New activity
activities-edit = Edit activity
activities-save = Save activity
activities-part-what = The activity
activities-part-time = When and where
activities-part-people = Who
activities-part-results = Result and evidence
activities-part-report = For the annual report
activities-more-time = Date in words and scope
activities-more-results = State of the result and expected result
activities-other = Other data: source, restriction and note
activities-choose = Choose
activities-all = All
activities-apply = Apply
activities-words = Words
activities-commission = Commission
activities-commissions = Commissions
activities-country = Country
activities-kind = Kind
activities-theme = Theme
activities-themes = Themes
activities-from = From
activities-to = To
activities-unknown = other filter
activities-of-plan-item = Of a plan item
activities-none = There are no activities yet. Enter them with the button “New activity”.
activities-none-filtered = No activity matches these filters.
activities-count = { $n ->
    [one] 1 activity
   *[other] { $n } activities
}
activities-column-title = Activity
activities-column-when = Date
activities-column-commissions = Commissions
activities-column-people = Participants
activities-column-status = State
activities-status = State
activities-status-draft = Draft
activities-status-submitted = To validate
activities-status-validated = Validated
activities-save-as-draft = Draft: it is only saved
activities-save-as-submitted = Send to the secretariat for validation
activities-save-as-validated = Validated: it enters the registry
activities-undated = No date
activities-when = Date
activities-title = Title
activities-description = Description
activities-starts = Date or start
activities-ends = End
activities-ends-hint = Only if it took more than a day.
activities-when-text = Date in the words of the source
activities-when-text-hint = For example: “during the first quarter”.
activities-territories = Territories
activities-scope = Scope
activities-one-a-line = One per line.
activities-parties-organizers = Organisers
activities-parties-partners = Other institutions that took part
activities-institution = Institution
activities-add-organizers = Add organiser
activities-add-partners = Add institution
activities-remove = Remove
activities-participants = Participants
activities-total = Total
activities-women = Women
activities-men = Men
activities-audience = For whom it was
activities-n-total = { $n ->
    [one] 1 person
   *[other] { $n } people
}
activities-n-women = { $n ->
    [one] 1 woman
   *[other] { $n } women
}
activities-n-men = { $n ->
    [one] 1 man
   *[other] { $n } men
}
activities-result = Result
activities-result-hint = What was achieved, with figures if there are any.
activities-result-state = State of the result
activities-result-state-achieved = Achieved
activities-result-state-partial = Achieved in part
activities-result-state-expected = Expected
activities-not-stated = Not stated
activities-expected-result = Expected result
activities-evidence = Evidence
activities-evidence-n = Evidence { $n }
activities-evidence-title = Name of the evidence
activities-evidence-kind = Kind of document
activities-evidence-url = Link
activities-evidence-file = File
activities-evidence-hint = Up to 25 MB.
activities-add-evidence = Add evidence
activities-no-file = (no file or link)
activities-plan-items = Priorities and steps of the plan
activities-source = Source
activities-highlight = Highlight of the annual report
activities-restricted = Restricted
activities-restricted-hint = Only its secretariats, the coordinator and the institutions that it names see it.
activities-advice = The annual report will ask for it:
activities-findings = For the annual report
activities-findings-hint = It does not prevent saving or validating.
activities-findings-count = { $n ->
    [one] 1 item to complete
   *[other] { $n } items to complete
}
activities-returned = Sent back for correction
activities-return = Send back with a reason
activities-return-what = It becomes a draft again. The person who entered it gets the reason by mail.
activities-reason = Reason
activities-removal = Remove activity
activities-removal-what = “{ $title }” is removed. This cannot be undone.
activities-validation = Activities to validate
activities-validation-none = There are no activities to validate.
activities-validation-hint = The marked activities enter the registry. Each person who entered some of them gets a single notice.
activities-to-validate = Activities that were sent
activities-validate = Validate the marked activities
activities-look = View or send back
done-activity-saved = The activity is saved.
done-activity-submitted = The activity was sent to the secretariat.
done-activity-removed = The activity was removed.
done-activity-returned = The activity was sent back with the reason.
done-activities-validated = The marked activities are in the registry.
registry-page = Registry of activities
registry-page-none = There is no country with a registry yet.
registry-page-empty = There are no validated activities in this period.
registry-page-period = From { $from } to { $to }.
registry-page-count = { $n ->
    [one] 1 validated activity
   *[other] { $n } validated activities
}
registry-page-pending = { $n ->
    [one] 1 to validate
   *[other] { $n } to validate
}
registry-page-xlsx = Download as a spreadsheet (.xlsx)
registry-page-csv = Download as .csv
registry-page-activities = Activities
registry-page-participants = Participants
registry-page-without = Without the number of participants
registry-page-dated = Activities with a date
registry-page-undated = Activities without a date
registry-page-more = The download has all of them.
