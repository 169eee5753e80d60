# Drafts, document, findings and suggestions of the progress report.

report-theme-child-labour = child labour
report-theme-forced-labour = forced labour
report-theme-human-trafficking = human trafficking
report-theme-modern-slavery = modern slavery

report-kind-training = Trainings
report-kind-workshop = Workshops
report-kind-seminar = Seminars
report-kind-course = Courses
report-kind-talk = Talks
report-kind-campaign = Campaigns
report-kind-commemoration = Commemorations
report-kind-inspection-operation = Inspection operations
report-kind-technical-assistance = Technical assistance
report-kind-coordination = Coordination
report-kind-study = Studies
report-kind-survey = Surveys
report-kind-publication = Publications
report-kind-legal-instrument = Norms and legal instruments
report-kind-protocol = Protocols
report-kind-exchange = Exchanges
report-kind-meeting = Meetings
report-kind-recognition = Recognitions
report-kind-milestone = Milestones
report-kind-other = Other action

report-sector-government = Ministries and government services
report-sector-regional-government = Regional governments
report-sector-local-government = Local governments
report-sector-autonomous-body = Autonomous bodies
report-sector-judiciary = Judiciary
report-sector-employers = Employers' organisations
report-sector-workers = Workers' organisations
report-sector-civil-society = Civil society
report-sector-survivors = Survivors' organisations
report-sector-private-sector = Private sector
report-sector-academia = Academia
report-sector-international-organization = International organisations
report-sector-foreign-government = Foreign governments

draft-more = { $count ->
    [one] one more
   *[other] { $n } more
}
draft-number-2 = two
draft-number-3 = three
draft-number-4 = four
draft-number-5 = five
draft-number-6 = six
draft-number-7 = seven
draft-number-8 = eight
draft-number-9 = nine
draft-number-10 = ten
draft-enumeration = { $list }; and { $last }
draft-reference = { $title } (question { $n })
# The title ends with words in brackets; its last bracket was removed and is written here: "Course (Arica; question 4)".
draft-reference-within = { $title }; question { $n })
draft-in-each-case = In each case, { $comment }
draft-civil-society = civil society organisations
draft-initiatives = Regional or global initiatives
draft-work-of-partners = In { $body }, { $names } { $text }
draft-questions = { $count ->
    [one] question { $list }
   *[other] questions { $list }
}

draft-when-day = On { $date },{ " " }
draft-when-month = In { $date },{ " " }
draft-when-term = In the { $date },{ " " }
draft-when-range = From { $date },{ " " }
draft-when-days = From { $date },{ " " }
draft-when-until = Until { $date },{ " " }
draft-when-words = { $date },{ " " }

draft-verb-held = { $count ->
    [one] { $when }{ $what } took place{ $tail }
   *[other] { $when }{ $what } took place{ $tail }
}
draft-verb-held-by = { $count ->
    [one] { $when }{ $actor } carried out { $what }{ $tail }
   *[other] { $when }{ $actor } carried out { $what }{ $tail }
}
draft-action = { $when }{ $what } { $verb }{ $tail }
draft-action-by = { $when }{ $actor } { $verb } { $what }{ $tail }
draft-verb-approved = { $count ->
    [one] { $when }{ $what } was adopted{ $tail }
   *[other] { $when }{ $what } were adopted{ $tail }
}
draft-verb-approved-by = { $count ->
    [one] { $when }{ $actor } adopted { $what }{ $tail }
   *[other] { $when }{ $actor } adopted { $what }{ $tail }
}
draft-verb-published = { $count ->
    [one] { $when }{ $what } was distributed{ $tail }
   *[other] { $when }{ $what } were distributed{ $tail }
}
draft-verb-published-by = { $count ->
    [one] { $when }{ $actor } distributed { $what }{ $tail }
   *[other] { $when }{ $actor } distributed { $what }{ $tail }
}
draft-verb-presented = { $count ->
    [one] { $when }{ $what } was submitted{ $tail }
   *[other] { $when }{ $what } were submitted{ $tail }
}
draft-verb-presented-by = { $count ->
    [one] { $when }{ $actor } submitted { $what }{ $tail }
   *[other] { $when }{ $actor } submitted { $what }{ $tail }
}
draft-verb-received = { $count ->
    [one] { $when }{ $what } was received{ $tail }
   *[other] { $when }{ $what } were received{ $tail }
}
draft-verb-maintained = { $count ->
    [one] { $when }{ $what } was maintained{ $tail }
   *[other] { $when }{ $what } were maintained{ $tail }
}
draft-verb-maintained-by = { $count ->
    [one] { $when }{ $actor } maintained { $what }{ $tail }
   *[other] { $when }{ $actor } maintained { $what }{ $tail }
}
draft-verb-counted = { $count ->
    [one] { $when }{ $what } was available{ $tail }
   *[other] { $when }{ $what } were available{ $tail }
}
draft-verb-counted-by = { $count ->
    [one] { $when }{ $actor } had { $what }{ $tail }
   *[other] { $when }{ $actor } had { $what }{ $tail }
}
draft-verb-provided = { $count ->
    [one] { $when }{ $what } was provided{ $tail }
   *[other] { $when }{ $what } were provided{ $tail }
}
draft-verb-provided-by = { $count ->
    [one] { $when }{ $actor } provided { $what }{ $tail }
   *[other] { $when }{ $actor } provided { $what }{ $tail }
}
draft-verb-happened = { $count ->
    [one] { $when }{ $what } took place{ $tail }
   *[other] { $when }{ $what } took place{ $tail }
}
draft-verb-commemorated = { $count ->
    [one] { $when }{ $what } was commemorated{ $tail }
   *[other] { $when }{ $what } were commemorated{ $tail }
}
draft-verb-commemorated-by = { $count ->
    [one] { $when }{ $actor } commemorated { $what }{ $tail }
   *[other] { $when }{ $actor } commemorated { $what }{ $tail }
}
draft-verb-available = { $count ->
    [one] { $when }{ $what } became available{ $tail }
   *[other] { $when }{ $what } became available{ $tail }
}
draft-verb-advanced = { $count ->
    [one] { $when }progress was made on { $what }{ $tail }
   *[other] { $when }progress was made on { $what }{ $tail }
}
draft-verb-advanced-by = { $count ->
    [one] { $when }{ $actor } made progress on { $what }{ $tail }
   *[other] { $when }{ $actor } made progress on { $what }{ $tail }
}
draft-verb-completed = { $count ->
    [one] { $when }{ $what } was achieved{ $tail }
   *[other] { $when }{ $what } were achieved{ $tail }
}
draft-verb-completed-by = { $count ->
    [one] { $when }{ $actor } achieved { $what }{ $tail }
   *[other] { $when }{ $actor } achieved { $what }{ $tail }
}
draft-through = { $above }, through { $part }
draft-tail-by = , led by { $names }
draft-tail-with = , with the participation of { $names }
draft-tail-within = , within { $names }
draft-tail-in = { " " }in { $names }
draft-tail-at = { " " }({ $names })
draft-tail-for = , for { $who }
draft-tail-times = , { $n } in all
draft-tail-people = { $count ->
    [one] , with one participant{ $shares }
   *[other] , with { $n } participants{ $shares }
}
draft-tail-people-who = { $count ->
    [one] , with one participant: { $who }
   *[other] , with { $n } participants: { $who }
}
draft-women = { $value } women
draft-men = { $value } men
draft-national = { " " }of national scope
draft-regions = the regional governments of { $names }
draft-regions-all = the { $n } regional governments
draft-result = Result: { $value }
draft-expected = Expected result: { $value }
draft-documents = See: { $value }
draft-dated = { $title }, { $date }
draft-adopted = { $count ->
    [one] { $title } was adopted
   *[other] { $title } were adopted
}
draft-term = Pending (due { $date }): { $text }
draft-term-to = Still to do: { $text } (due { $date })

draft-no-theme = Other matters
draft-agreements = **Agreements**
draft-elsewhere = Also for this priority: { $list }
draft-agreement-numbered = At { $meeting }, agreement { $number } was adopted{ $vote }: { $title }
draft-agreement-of-meeting = At { $meeting }, it was agreed{ $vote }: { $title }{ $number }
draft-vote = { " " }with { $yes } votes in favour, { $no } against and { $abstained } abstentions
draft-vote-unanimity = { " " }unanimously
draft-vote-consensus = { " " }by consensus
draft-vote-majority = { " " }by majority
draft-signed = { $count ->
    [one] { $when }{ $what } was signed{ $actor }
   *[other] { $when }{ $what } was signed{ $actor }
}
draft-signed-by = { $count ->
    [one] { $when }{ $actor } signed { $what }
   *[other] { $when }{ $actor } signed { $what }
}
draft-sessions = { $count ->
    [one] { $name } met once in the period: { $list }
   *[other] { $name } met { $n } times in the period: { $list }
}
draft-beneficiaries = for { $names }
draft-due = due: { $date }
draft-agreed = It was agreed to { $list }
draft-undertook = { $count ->
    [one] { $names } undertook to { $list }
   *[other] { $names } undertook to { $list }
}
draft-reached = { $reached } of { $target } { $unit }
draft-reached-more = { $reached } { $unit }, more than the { $target } planned
draft-state-completed = completed
draft-state-reported = reported as completed
draft-state-open = in progress
draft-indicators = { $count ->
    [one] { $title } (indicator: { $list })
   *[other] { $title } (indicators: { $list })
}
draft-states = { $count ->
    [one] In { $day }, the regional committee ({ $name }) stood as follows: { $states }
   *[other] In { $day }, the { $n } regional committees ({ $name }) stood as follows: { $states }
}
draft-state-active = { $count ->
    [one] one active ({ $names })
   *[other] { $n } active ({ $names })
}
draft-state-inactive = { $count ->
    [one] one inactive ({ $names })
   *[other] { $n } inactive ({ $names })
}
draft-state-unknown = { $count ->
    [one] one without information ({ $names })
   *[other] { $n } without information ({ $names })
}
draft-states-norms-all = { $count ->
    [one] It has a founding norm.
   *[other] All { $n } have a founding norm.
}
draft-states-norms = { $count ->
    [one] One has a founding norm.
   *[other] Of these, { $n } have a founding norm.
}
draft-both = { $first }, and { $second }
draft-states-secretariats = The technical secretariat of each is kept by its regional government.

draft-step-activities = There was progress in the period ({ $questions }).
draft-plan-begins = { $title } ({ $date })
draft-support = { $form }: { $text }
draft-support-to = { $form } to { $text }
draft-addressee = From: { $value }
draft-duty = { $count ->
    [one] Of “{ $title }”, 1 of { $due } reports of { $institutions } institutions was received
   *[other] Of “{ $title }”, { $n } of { $due } reports of { $institutions } institutions were received
}
draft-duty-zero = { $count ->
    [one] 1 with zero
   *[other] { $n } with zero
}
draft-duty-nothing = { $count ->
    [one] 1 with nothing to report
   *[other] { $n } with nothing to report
}
draft-duty-late = { $count ->
    [one] 1 after its term
   *[other] { $n } after their term
}
draft-duty-missing = { $count ->
    [one] 1 of the { $due } reports asked for of “{ $title }” was not received
   *[other] { $n } of the { $due } reports asked for of “{ $title }” were not received
}
draft-measured = “{ $name }”: { $value } ({ $period })
draft-measured-preliminary = “{ $name }”: { $value } ({ $period }, preliminary value)
draft-measured-baseline = baseline of { $year }, { $value }
draft-measured-target = target of { $year }, { $value }
draft-measured-tool = { $count ->
    [one] 1 indicator of the plans was measured, with { $values } of the period.
   *[other] { $n } indicators of the plans were measured, with { $values } of the period.
}
draft-measured-values = { $count ->
    [one] 1 value
   *[other] { $n } values
}
draft-registers = Register of the activities of each commission under the national instruments
draft-registers-of = Each commission registers its activities under its national instrument: { $list }
draft-register-of = { $name }, { $plan }
draft-accompanies = { $count ->
    [one] Takes part in { $names }
   *[other] Take part in { $names }
}
draft-led-by = { $name }, led by { $lead }
draft-new-members = { $count ->
    [one] { $names } joined { $commission }
   *[other] { $names } joined { $commission }
}
draft-revived = { $commission } resumed its work.

reason-commitments-fulfilled = { $count ->
    [one] The linked commitment is fulfilled.
   *[other] The { $n } linked commitments are fulfilled.
}
reason-target-reached = { $count ->
    [one] The measured target was reached, with an accepted report.
   *[other] The { $n } measured targets were reached, with accepted reports.
}
reason-activities-recorded = { $count ->
    [one] There is one activity on record.
   *[other] There are { $n } activities on record.
}
reason-commitments-moving = { $count ->
    [one] One linked commitment has moved.
   *[other] { $n } linked commitments have moved.
}
reason-nothing-recorded = There are neither activities nor progress on record.
reason-period-over = The period of the step is over and no later term is set.
reason-term-ahead = { $count ->
    [one] One linked commitment has a term that still runs.
   *[other] { $n } linked commitments have terms that still run.
}

report-finding-record = “{ $title }”
report-finding-suggested-completed = The records suggest “Completed”; a person decides the status.
report-finding-suggested-in-progress = The records suggest “In progress”; a person decides the status.
report-finding-suggested-planned = The records suggest “Planned”; a person decides the status.
report-finding-suggested-not-achieved = The records suggest “Not achieved”; a person decides the status.
report-finding-rating-steps = For the rating: { $count ->
    [one] { $done ->
        [0] the next step is not completed
       *[other] the next step is completed
    }
   *[other] { $done ->
        [0] none of the { $listed } next steps is completed
        [one] { $declared } of { $listed } next steps is completed
       *[other] { $declared } of { $listed } next steps are completed
    }
}.
report-finding-rating-commitments = For the rating: { $count ->
    [one] { $done ->
        [0] the commitment is not completed and accepted
       *[other] the commitment is completed and accepted
    }
   *[other] { $done ->
        [0] none of the { $listed } commitments is completed and accepted
        [one] { $declared } of { $listed } commitments is completed and accepted
       *[other] { $declared } of { $listed } commitments are completed and accepted
    }
}.
report-finding-from-last-report = This is the answer of the last report; confirm or change it.
report-finding-priorities-over = Their own period is over: { $titles }. Decide whether the roadmap needs a review.
report-finding-overdue = Overdue with no report of completion at the close of the period, or today if it is not over: { $titles }. Decide whether they are a challenge to tell.
report-finding-unassigned = Open commitments without a responsible institution on record: { $titles }. Assign one.
report-finding-not-reported = No progress report on record in the period: { $titles }. Ask for it, or confirm that there was none.
report-finding-unvalidated = Not validated by the secretariat and left out: { $titles }.
report-finding-restricted = { $count ->
    [one] One restricted activity is not described.
   *[other] { $listed } restricted activities are not described.
}
report-finding-partner-without-type = International partners without a type on record, not mentioned: { $titles }. Enter their type if they took part.
report-finding-translation-missing = Not translated into English and shown in their own language: { $titles }. Translate them in their record.
report-finding-remark-in-record = The text repeats a remark of whoever entered the data; move it to the note of the record.
report-finding-mandatory-empty = The question is mandatory; answer it.
report-finding-choice-not-single = One option may be marked and more are; keep one.
report-finding-exclusive-choice-mixed = “Not applicable” excludes the other options; keep it alone or take it out.
report-finding-item-missing = Nobody has answered for this item of the roadmap; answer, if only to say that nothing was achieved.
report-finding-outside-period = Not of the period, and no progress of it: { $titles }. Take them out of the text or say why they are mentioned.
report-finding-began-before-period = Began before the period: { $titles }. Say which part belongs to this report.
report-finding-evidence-after-period = The means of verification bears a date after the period in: { $titles }. Confirm the date or cite another.
report-finding-count-mismatch = { $titles } declares { $done ->
    [one] { $declared } member
   *[other] { $declared } members
} and lists { $listed }; complete the list or correct the figure.
report-finding-other-without-text = “Others” is marked; say which.
report-finding-choice-unmarked = No option is marked; mark one.
report-finding-partner-type-unnamed = { $kinds } is marked, but no partner of that kind is named; name one or take out the mark.
report-finding-partner-type-unmarked = Partners of the kind { $kinds } are named, which is not marked; mark it.
report-finding-condition-unmet = Answered only when the question it depends on asks for it; empty it or change the other answer.
report-finding-condition-unanswered = The answer before asks for details here; give them.
report-finding-theme-without-entry = No entry is first of all about { $themes }; add what there is or confirm that there is nothing to say.
report-finding-template-residue = Words of the form are left unfilled; replace or delete them.
report-finding-addressee-missing = The text does not say from whom the support is expected; say it.
report-finding-addressee-missing-of = Support needs that do not say from whom it is expected: { $titles }. Say it for each.
report-finding-level-missing = The level of participation of each party is not given; add a row for each party and mark its level.
report-finding-level-missing-of = The level of participation of { $name } is missing; mark it.
report-finding-training-without-dates = Trainings without a date: { $titles }. Add the month at least.
report-finding-training-without-participants = Trainings without the number of participants: { $titles }. Add it.
report-finding-process-without-result = The text describes a process and not its result; state the result achieved or expected.
report-finding-process-without-result-of = A process is described without its result in: { $titles }. State the result achieved or expected.
report-finding-expected-result-missing = The result is not there yet, and which is expected is not said, in: { $titles }. State it.
report-finding-no-plan-item = They serve no item of a plan: { $titles }. Link them if they belong to the roadmap.
report-finding-evidence-missing = Evaluation tools are marked without showing what they gave; add a link, a report or other means of verification.
report-finding-evidence-missing-of-activities = Without means of verification: { $titles }. Add a link, a file or a reference.
report-finding-evidence-missing-of-commitments = Fulfilled commitments without means of verification: { $titles }. Add it.
report-finding-possible-duplicate = They may be one activity: { $titles }. If so, keep one.
report-finding-date-unclear = A date lacks its year or is relative (“this year”); write the full date.
report-finding-date-unclear-of = The date is not clear in: { $titles }. Confirm the year.

report-source-activity = Activities
report-source-agreement = Agreements
report-source-commission = Commissions
report-source-commitment = Commitments
report-source-institution = Institutions
report-source-meeting = Sessions
report-source-observation = Observations
report-source-plan = Plans
report-source-plan-item = Items of the roadmap
report-source-report = Earlier reports

document-title = Annual progress report: { $country }, { $period }
report-question-assigned-subject = { $title }: a question to answer
report-question-assigned = The coordinator assigned a question of the annual report to the commission. The secretariat may read, change, comment on and confirm its draft.
report-question-assigned-link = Answer the question
report-question-answered-subject = { $title }: a commission answered its question
report-question-answered = The secretariat to which this question of the annual report was assigned answered it and confirmed the answer. You can comment on it to ask for changes, or change it on the same page.
report-question-answered-link = See the answer
report-question-commented-subject = { $title }: a comment on an answer
report-question-commented = There is a new comment on an answer of the annual report. Comments are for the people who prepare the report. They are not part of any document.
report-question-commented-link = See the question
report-label-report = Report
report-label-question = Question
report-label-commission = Commission
report-label-comment = Comment
report-label-author = Written by
report-figure-members = Members of the commissions on the last day of the period
report-figure-institutions = Institutions among them
report-figure-sessions = Sessions held in the period
report-figure-activities = Validated activities of the period
document-mandatory = The sign * marks mandatory questions.
document-draft = DRAFT: the report is not approved.
document-label-country = Country
document-label-period = Period
document-label-roadmap = Roadmap
document-label-commissions = Commissions
document-label-questions = Questions
document-wording-form = those of the Alliance 8.7 form
document-wording-own = in our own words, in the order and with the numbers of the Alliance 8.7 form
document-label-version = Version
document-label-reason = Reason for the version
document-label-status = Status
document-version-replaces = { $n } (replaces version { $before })
document-file-draft = draft
document-file-working = working-copy
document-approved = Approved on { $day }
document-approved-by = Approved on { $day } by { $office }
document-office-coordinator = the national coordination ({ $country })
document-office-administration = the administration of the system
document-alliance = Alliance 8.7
document-draft-mark = DRAFT
document-foot = { $title } · version { $version } · { $sha256 }
document-confirmed = Confirmed by { $name }.
document-other = Others: { $value }
document-other-named = { $label }: { $value }
document-not-answered = Not answered.
document-empty = Not answered yet.
document-empty-options = Not answered yet. Options: { $options }.
document-no-option = No option is marked.
document-not-asked-for = Does not apply.
document-drafted = A person has yet to confirm this answer.
document-findings = To be looked at:
document-sources = Sources:

report-no-such-roadmap = there is no such roadmap of the country { $country }
report-no-roadmap = the country { $country } has no roadmap in force in the period
report-several-roadmaps = the country { $country } has several roadmaps in force in the period; name one: { $roadmaps }
