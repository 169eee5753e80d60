# The registry of activities.

# What an entry lacks.
finding-training-without-dates = The training “{ $title }” states no date.
finding-training-without-participants = The training “{ $title }” states no number of participants.
finding-process-without-result = “{ $title }” describes a process; state the result that was achieved or is expected.
finding-expected-result-missing = The result of “{ $title }” is not there yet; state which is expected.
finding-no-plan-item = “{ $title }” is linked to no priority or step of a plan.
finding-evidence-missing = “{ $title }” has no means of verification.
finding-date-unclear = The date of “{ $title }” is not clear; confirm it.

# Headings of the registry as a table.
registry-id = Id
registry-commissions = Commissions
registry-kind = Kind
registry-title = Title
registry-description = Description
registry-starts = Start
registry-ends = End
registry-when-text = Date as in the source
registry-period-from = Reported from
registry-period-to = Reported to
registry-territories = Territories
registry-organizers = Organisers
registry-partners = Partners
registry-total = Participants
registry-women = Women
registry-men = Men
registry-audience = Audience
registry-occurrences = Occurrences
registry-themes = Themes
registry-plan-items = Plan items
registry-result = Result
registry-expected-result = Expected result
registry-result-state = State of the result
registry-evidence = Means of verification
registry-scope = Scope
registry-source = Source

activity-kind-training = Training
activity-kind-workshop = Workshop
activity-kind-seminar = Seminar
activity-kind-course = Course
activity-kind-talk = Talk
activity-kind-campaign = Campaign
activity-kind-commemoration = Commemoration
activity-kind-inspection-operation = Inspection operation
activity-kind-technical-assistance = Technical assistance
activity-kind-coordination = Coordination
activity-kind-study = Study
activity-kind-survey = Survey
activity-kind-publication = Publication
activity-kind-legal-instrument = Legal instrument
activity-kind-protocol = Protocol
activity-kind-exchange = Exchange
activity-kind-meeting = Meeting
activity-kind-recognition = Recognition
activity-kind-milestone = Milestone
activity-kind-other = Other

theme-child-labour = Child labour
theme-forced-labour = Forced labour
theme-human-trafficking = Human trafficking
theme-modern-slavery = Modern slavery

result-state-achieved = Achieved
result-state-partial = Partial
result-state-expected = Expected

scope-national = National
scope-binational = Binational
scope-regional = Regional
scope-global = Global
