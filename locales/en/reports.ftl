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
draft-until = until { $when }
draft-undated = no date
draft-undated-in-period = no exact date, within the period
draft-undated-within = no exact date, reported for { $when }
draft-result = Result: { $value }
draft-expected = Expected result: { $value }
draft-times = Held: { $value } times
draft-place = Place: { $value }
draft-participants = Participants: { $value }
draft-women = women: { $value }
draft-men = men: { $value }
draft-audience-uncounted = { $value } (no figure)
draft-organizers = In charge: { $value }
draft-partners = With: { $value }
draft-evidence = Means of verification: { $value }
draft-parties = Parties: { $value }
draft-term = Due: { $value }

draft-activities = { $count ->
    [one] one activity
   *[other] { $n } activities
}
draft-activities-validated = { $count ->
    [one] One validated activity in the registry
   *[other] { $n } validated activities in the registry
}
draft-occurrences = { $count ->
    [one] one occurrence
   *[other] { $n } occurrences
}
draft-occurrences-silent = { $count ->
    [one] One record does not state how often it was held and is not part of that sum.
   *[other] { $n } records do not state how often they were held and are not part of that sum.
}
draft-occurrences-none = No entry says how often.
draft-progress-none = In the period ({ $period }) the registry holds no validated activities for this priority.
draft-progress-sum = In the period ({ $period }) the registry holds { $activities } for this priority.
draft-progress-sum-times = In the period ({ $period }) the registry holds { $activities } for this priority, with { $times } in all.
draft-trainings = { $count ->
    [one] Of these, one is a training.
   *[other] Of these, { $n } are trainings.
}
draft-people = { $count ->
    [one] One person took part.
   *[other] { $n } people took part.
}
draft-people-unstated = { $count ->
    [one] One training record does not state the number of participants.
   *[other] { $n } training records do not state the number of participants.
}
draft-people-unstated-all = None states the number of participants.
draft-people-unstated-single = The number of participants is not stated.
draft-no-theme = no matter stated
draft-agreements = Agreements adopted in the period:
draft-commitments-done = Commitments fulfilled in the period:
draft-commitments-moving = Commitments under way, with progress reported in the period:
draft-states = State on { $day } of the { $n } regional committees ({ $name }):
draft-state-active = { $count ->
    [one] one active,
   *[other] { $n } active,
}
draft-state-inactive = { $count ->
    [one] one inactive
   *[other] { $n } inactive
}
draft-state-unknown = { $count ->
    [one] and one without information
   *[other] and { $n } without information
}
draft-outside = Outside the period ({ $period }); named apart and not counted:
draft-undated-apart = Without a date; it cannot be told whether they belong to the period, so they are not counted:
draft-unvalidated = { $count ->
    [one] There is one more activity that the secretariat has not validated yet; it is left out.
   *[other] There are { $n } more activities that the secretariat has not validated yet; they are left out.
}
draft-restricted = { $count ->
    [one] There is one more activity of a restricted kind, which is not described.
   *[other] There are { $n } more activities of a restricted kind, which are not described.
}

draft-step-suggested = Status that the record suggests: { $status }. { $reasons } Confirm or change it.
draft-step-activities = { $count ->
    [one] Linked activity of the period:
   *[other] Linked activities of the period ({ $n }):
}
draft-step-commitments = Linked commitments:
draft-next-steps = Next steps of the roadmap for { $period }:
draft-next-due = Open commitments that fall due in that time:
draft-next-overdue = Open commitments that are overdue already:
draft-next-plans = Plans and strategies that begin in that time:

draft-observation-undated = (Noted without a date.)
draft-noted-before = Noted before the period:
draft-risk-overdue = { $count ->
    [one] At the end of the period one commitment is overdue and not fulfilled:
   *[other] At the end of the period { $n } commitments are overdue and not fulfilled:
}
draft-risk-unassigned = { $count ->
    [one] One open commitment has no institution in charge:
   *[other] { $n } open commitments have no institution in charge:
}
draft-responses = What was done about the difficulties:
draft-lessons = What was learned:
draft-modality = Form: { $value }
draft-addressee = From: { $value }
draft-addressee-missing = It is not said from whom.

draft-rating = Figures of the record for the decision on the rating:
draft-rating-steps = Next steps: { $n } ({ $states }).
draft-rating-completed = completed: { $n }
draft-rating-in-progress = in progress: { $n }
draft-rating-planned = planned: { $n }
draft-rating-not-achieved = not achieved: { $n }
draft-rating-undecided = without a status: { $n }
draft-rating-commitments = Commitments: { $n } (fulfilled: { $completed }; overdue at the end: { $overdue }).
draft-commitment-count = { $count ->
    [one] one commitment
   *[other] { $n } commitments
}
draft-agreement-count = { $count ->
    [one] one agreement
   *[other] { $n } agreements
}
draft-beyond-roadmap = Results that belong to no item of the roadmap:

draft-tools-other = The commissions' registry of activities, the minutes of their sessions and the follow-up of agreements
draft-tools-record = For { $period } the common record of the commissions holds:
draft-meetings = { $count ->
    [one] One session or gathering held
   *[other] { $n } sessions or gatherings held
}
draft-tools-meetings = { $meetings }; minutes written: { $minutes }; minutes approved: { $approved }.
draft-tools-followed = Followed up with progress reports: { $commitments }, which stem from { $agreements }.
draft-tools-evidence = { $count ->
    [one] One means of verification cited:
   *[other] { $n } means of verification cited:
}
draft-without-commission = no commission { $n }
draft-joint-note = Joint activities are counted in each commission.
draft-gap-reports = { $missing } of { $all } institutions in charge of commitments reported no progress in the period: { $names }.
draft-gap-commitments = { $count ->
    [one] One fulfilled commitment cites no means of verification.
   *[other] { $n } fulfilled commitments cite no means of verification.
}
draft-gap-participants = { $missing } of { $all } training records do not state the number of participants.
draft-gap-dates = { $missing } of { $all } training records have no date.
draft-gap-evidence = { $missing } of { $all } activities cite no means of verification.
draft-gap-result = { $missing } of { $all } activities state no result, neither achieved nor expected.
draft-attended = Attended: { $titles }
draft-took-part = Took part in: { $titles }
draft-took-part-count = { $count ->
    [one] Took part in one activity.
   *[other] Took part in { $n } activities.
}

draft-sits-in = Sits in or accompanies: { $value }
draft-party-to = Signed: { $titles }
draft-initiatives = Regional and global initiatives:
draft-binational = Cooperation between two countries:

draft-without-box = The questionnaire has no box for: { $value }
draft-memberships = { $count ->
    [one] one membership
   *[other] { $n } memberships
}
draft-institutions = { $count ->
    [one] one institution
   *[other] { $n } different institutions
}
draft-members-sum = On { $day } the commissions have { $memberships }, of { $institutions }, not counting those that lead, keep the secretariat or attend as guests.
draft-members = { $count ->
    [one] One member
   *[other] { $n } members
}
draft-members-declared = { $count ->
    [one] One member is declared; the difference from the list remains to be cleared up.
   *[other] { $n } members are declared; the difference from the list remains to be cleared up.
}
draft-role-lead = Leads
draft-role-secretariat = Secretariat
draft-role-guest = Guests and observers
draft-compare = Figures of the period ({ $period }) and of the same period of the year before ({ $before }):
draft-compare-members = Institutions in the commissions at the end: { $now } (before: { $then }).
draft-compare-meetings = Sessions and gatherings: { $now } (before: { $then }).
draft-compare-attendance = Institutions present at a session, on average: { $now } (before: { $then }).
draft-compare-joint = Joint activities of two or more commissions: { $now } (before: { $then }).
draft-compare-agreements = Agreements adopted: { $now } (before: { $then }).
draft-new-members = { $commission } was joined by { $names }
draft-revived = { $commission } is at work again.
draft-joint = Activities of two or more commissions together:

draft-as-before = The report before this one ({ $period }) answered as follows; confirm or change it.
draft-priorities-over = { $count ->
    [one] One priority has a period of its own that is over:
   *[other] { $n } priorities have a period of their own that is over:
}

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
report-finding-mandatory-empty = The question is mandatory; answer it.
report-finding-choice-not-single = One option may be marked and more are; keep one.
report-finding-exclusive-choice-mixed = “Not applicable” excludes the other options; keep it alone or take it out.
report-finding-item-missing = Nobody has answered for this item of the roadmap; answer, if only to say that nothing was achieved.
report-finding-outside-period = Not of the period, and no progress of it: { $titles }. Take them out of the text or say why they are mentioned.
report-finding-began-before-period = Began before the period: { $titles }. Say which part belongs to this report.
report-finding-evidence-after-period = The means of verification bears a date after the period in: { $titles }. Confirm the date or cite another.
report-finding-count-mismatch = { $titles } declares { $declared } members and lists { $listed }; complete the list or correct the figure.
report-finding-other-without-text = “Others” is marked; say which.
report-finding-choice-unmarked = No option is marked; mark one.
report-finding-partner-type-unnamed = { $kinds } is marked, but no partner of that kind is named; name one or take out the mark.
report-finding-partner-type-unmarked = Partners of the kind { $kinds } are named, which is not marked; mark it.
report-finding-condition-unmet = Answered only when the question it depends on asks for it; empty it or change the other answer.
report-finding-condition-unanswered = The answer before asks for details here; give them.
report-finding-theme-without-entry = Nothing is said of { $themes }; add what there is or confirm that there is nothing to say.
report-finding-template-residue = Words of the form are left unfilled; replace or delete them.
report-finding-addressee-missing = The text does not say from whom the support is expected; say it.
report-finding-addressee-missing-of = Support needs that do not say from whom it is expected: { $titles }. Say it for each.
report-finding-level-missing = The level of participation of each party is not given; add a row for each party and mark its level.
report-finding-level-missing-of = The level of participation of { $name } is missing; mark it.
report-finding-training-without-dates = Trainings without a date: { $titles }. Add the month at least.
report-finding-training-without-participants = Trainings without the number of participants: { $titles }. Add it.
report-finding-process-without-result = The text tells what was gone about, not what was achieved; state the result achieved or expected.
report-finding-process-without-result-of = A process is told without its result in: { $titles }. State what was achieved or is expected.
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
document-roadmap = Roadmap: { $title }. The sign * marks mandatory questions.
document-other = Others: { $value }
document-empty = No answer.
document-drafted = Drafted from the record; a person has yet to review it.
document-findings = To be looked at:
document-sources = Sources:

report-no-such-roadmap = there is no such roadmap of the country { $country }
report-no-roadmap = the country { $country } has no roadmap in force in the period
report-several-roadmaps = the country { $country } has several roadmaps in force in the period; name one: { $roadmaps }
