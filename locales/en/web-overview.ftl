# Web pages: the overview.
overview-page = Overview
overview-none = There are no commissions that you may see.
overview-as-of = Data as of { $day }
overview-of-year = terms and activities of { $year }
overview-of-all-years = terms of all years
overview-year = Year
overview-all-years = All years
overview-country = Country
overview-total = Total
overview-undated = { $n ->
    [one] One validated activity without a date is counted in no year.
   *[other] { $n } validated activities without a date are counted in no year.
}
overview-punctuality-unknown = "—": what is fulfilled has no term or no date of completion, so nobody can know whether it was on time.
overview-commission = Commission
overview-all = All
overview-apply = Apply
overview-nothing = There are no commitments on record.
overview-no-institutions = No institution has a commitment to carry out.
overview-no-terms = No commitment is due in these months.
overview-commissions = Commitments by commission
overview-institutions = Commitments by institution
overview-institutions-about = Each institution counts with its own part. “On time” and “late” are what was accepted in the last twelve months.
overview-institutions-of-year = Each institution counts with its own part. “On time” and “late” are what was accepted with a term in { $year }.
overview-column-commission = Commission
overview-column-institution = Institution
overview-column-month = Month
overview-column-theme = Theme
overview-column-activities = Activities
overview-column-questions = Questions
overview-column-open = Open
overview-column-soon = Due in 30 days
overview-column-overdue = Overdue
overview-column-review = To review
overview-column-fulfilled = Fulfilled
overview-column-on-time = On time
overview-column-late = Late
overview-column-last-report = Last report
overview-no-report = None
overview-months = Terms by month
overview-series-running = Not overdue
overview-registry = Validated activities of { $year }, by theme
overview-open-registry = Open registry
overview-no-activities = There are no validated activities of that year.
overview-without-participants = { $n ->
    [one] 1 activity has no number of participants.
   *[other] { $n } activities have no number of participants.
}
overview-meetings = Next sessions
overview-open-calendar = Open calendar
overview-no-meetings = No sessions are planned.
overview-report = Annual report in preparation
overview-open-report = Open report
overview-blocking = { $n ->
    [one] 1 error blocks its approval.
   *[other] { $n } errors block its approval.
}
overview-duties = Periodic reports of the last 12 months
overview-duties-of-year = Periodic reports of { $year }
