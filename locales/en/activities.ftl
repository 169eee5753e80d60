# The registry of activities.

# What an entry lacks.
finding-training-without-dates = The training “{ $title }” gives no date; add the month at least.
finding-training-without-participants = The training “{ $title }” gives no number of participants; add it.
finding-process-without-result = “{ $title }” describes a process; state the result that was achieved or is expected.
finding-expected-result-missing = The result of “{ $title }” is not there yet; state which is expected.
finding-no-plan-item = “{ $title }” serves no priority or step of a plan; link it where it does.
finding-evidence-missing = “{ $title }” has no means of verification; add a link, a file or a reference.
finding-date-unclear = The date of “{ $title }” is not clear; confirm the year.
finding-possible-duplicate = “{ $title }” and “{ $other }” are of the same month and share participants; if they are one activity, keep one entry.

# Personal data in a text; what was found is never repeated.
personal-data-rut = The text seems to hold the RUT of a person; take it out.
personal-data-dni = The text seems to hold the DNI of a person; take it out.
personal-data-minor-age = The text seems to tell the age of one child or adolescent; give an age bracket and no names.
personal-data-small-cell = The text counts fewer than ten cases or victims, who might be recognised: group them (“fewer than ten”) or add territories together.

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
