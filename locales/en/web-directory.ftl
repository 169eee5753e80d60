# Web pages: directory.
directory-institution = Institution
directory-institutions = Institutions
directory-name = Name
directory-official-name = Official name
directory-aliases = Aliases
directory-acronym = Acronym
directory-sector = Sector
directory-territory = Territory
directory-country = Country
directory-email = Email
directory-any = All
directory-filter = Apply
directory-total = { $n ->
    [one] One institution
   *[other] { $n } institutions
}
directory-none = There are no institutions yet. They are entered with a commission, or when a matrix is imported.
directory-none-found = No institution meets these filters.
directory-parent = Part of
directory-successor = Replaced by
directory-partner = Kind of partner
directory-partner-pathfinder-country = Pathfinder country
directory-partner-ilo = ILO
directory-partner-un-agency = United Nations agency
directory-partner-international-cso = International civil society organization
directory-partner-other = Other
directory-about = Details
directory-alike = It may be entered twice. These institutions have the same name, acronym or alias:
directory-memberships = Its commissions
directory-former = Before
directory-no-memberships = It belongs to no commission that can be seen here.
directory-delegates = Delegates
directory-no-delegates = It has no delegates today in these commissions.
directory-overdue = Overdue
directory-open = To be fulfilled
directory-awaiting = To review
directory-reports-received = Received
directory-reports-missing = Did not report
directory-reports-expected = To be sent
directory-no-duties = It has no open commitments in the commissions that can be seen here.
directory-commitment = Commitment
directory-text = What was agreed
directory-term = Term
directory-state = State
directory-own-report = Report
directory-unreachable = Nobody receives its notices in { $commissions }
directory-unreachable-next = It has no delegates with an email address, no representatives with an account, and no address of its own. Its notices go to the secretariat. To solve this, enter a delegate with an address, invite a representative, or enter the address of the institution.
commission-one = Commission
commission-total = { $n ->
    [one] One commission
   *[other] { $n } commissions
}
commission-none = This account can see no commissions.
commission-none-found = No commission meets these filters.
commission-kind = Kind
commission-theme = Theme
commission-themes = Themes
commission-public = Public view
commission-public-shown = Shown where the installation has one
commission-state = State
commission-secretariat = Technical secretariat
commission-pages = Pages of the commission
commission-summary = Summary
commission-members = Members
commission-delegates = Delegates
commission-states = Operation
commission-reminders = Reminders
commission-members-of = Members of { $commission }
commission-delegates-of = Delegates of { $commission }
commission-states-of = Operation of { $commission }
commission-reminders-of = Reminders of { $commission }
commission-about = The commission
commission-basis = Legal basis
commission-number = number { $number }
commission-work = Its work
commission-parts = Commissions that are part of it
commission-parent = Part of
commission-step-members = its members are missing.
commission-step-members-secretariat = its members and the people of its secretariat are missing.
commission-members-number = { $n ->
    [one] one institution
   *[other] { $n } institutions
}
commission-declared = { $n ->
    [one] (one according to its sources)
   *[other] ({ $n } according to its sources)
}
commission-quorum = Quorum
commission-quorum-more-than = More than { $share } of the institutions with a vote.
commission-quorum-at-least = At least { $share } of the institutions with a vote.
commission-quorum-second = On the second call, at least { $share }.
commission-quorum-second-minimum = On the second call, at least { $share } and no fewer than { $n }.
commission-from = since { $from }
commission-to = until { $to }
commission-from-to = { $from } to { $to }
commission-no-dates = —
commission-day = Day
commission-day-hint = For example: 22 August 2023 or 22/08/2023. Empty: today.
commission-day-unread = The date is not understood. Write it like 22/08/2023. The list is today’s.
commission-show-day = See that day
commission-role = Role
commission-vote = Vote
commission-votes = Yes
commission-no-vote = Without a vote
commission-period = Period
commission-member-basis = Basis
commission-members-on = { $n ->
    [one] One institution on { $day }
   *[other] { $n } institutions on { $day }
}
commission-voters = { $n ->
    [one] one with a vote
   *[other] { $n } with a vote
}
commission-no-members = No members are recorded on { $day }.
commission-person = Person
commission-capacity = Capacity
commission-position = Position
commission-delegates-on = { $n ->
    [one] One person on { $day }
   *[other] { $n } people on { $day }
}
commission-no-delegates = No delegates are recorded on { $day }. Without delegates, notices go to the representatives with an account, or to the address of the institution.
commission-states-about = Each state holds from its date until that of the next one. “No information” is not the same as “inactive”.
commission-state-since = Since
commission-state-source = Source
commission-state-to-come = does not hold yet
commission-no-states = There are no dated states.
commission-kind-advisory-commission = Advisory commission
commission-kind-multisectoral-commission = Multisectoral commission
commission-kind-intergovernmental-commission = Intergovernmental commission
commission-kind-committee = Committee
commission-kind-regional-committee = Regional committee
commission-kind-roundtable = Roundtable
commission-kind-subcommission = Subcommission
commission-kind-council = Council
commission-kind-network = Network
commission-kind-team = Team
commission-kind-working-group = Working group
operational-state-active = Active
operational-state-inactive = Inactive
operational-state-unknown = No information
member-role-lead = Lead
member-role-secretariat = Technical secretariat
member-role-member = Member
member-role-guest = Guest
member-role-observer = Observer
reminders-title = When notices are sent
reminders-about = Notices go to the institutions that have something to fulfil. The secretariat and the coordination are notified when the delay lasts.
reminders-lead = Before the term
reminders-days-before = { $n ->
    [0] on the day
    [one] a day before
   *[other] { $n } days before
}
reminders-never = never
reminders-overdue = While overdue
reminders-every-days = { $n ->
    [one] every day
   *[other] every { $n } days
}
reminders-secretariat = To the technical secretariat
reminders-coordinator = To the national coordination
reminders-after-days = { $n ->
    [0] from the term on
    [one] after a day of delay
   *[other] after { $n } days of delay
}
reminders-review = What awaits review
reminders-waiting-days = { $n ->
    [one] again after a day
   *[other] again after { $n } days
}
reminders-sessions = Convened sessions
reminders-hour = Time of sending
reminders-all-days = from { $time }, every day
reminders-working-days = from { $time }, on working days

# Foreign countries.
country-ar = Argentina
country-be = Belgium
country-bo = Bolivia
country-br = Brazil
country-ca = Canada
country-ch = Switzerland
country-cl = Chile
country-cn = China
country-co = Colombia
country-cr = Costa Rica
country-cu = Cuba
country-de = Germany
country-do = Dominican Republic
country-ec = Ecuador
country-es = Spain
country-fr = France
country-gb = United Kingdom
country-gt = Guatemala
country-hn = Honduras
country-ht = Haiti
country-it = Italy
country-jp = Japan
country-kr = South Korea
country-mx = Mexico
country-ni = Nicaragua
country-nl = Netherlands
country-no = Norway
country-pa = Panama
country-pe = Peru
country-pt = Portugal
country-py = Paraguay
country-se = Sweden
country-sv = El Salvador
country-us = United States
country-uy = Uruguay
country-ve = Venezuela
