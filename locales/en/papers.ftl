# The documents: report, minutes, follow-up sheet, registry.

paper-contents = Contents
paper-column-partner = Partner
paper-column-partner-type = Type
paper-column-description = Collaboration
paper-column-stakeholder = Stakeholder
paper-column-participation-level = Level of participation
paper-column-involvement = What it did
paper-column-institution = Institution
paper-column-person = Person
paper-column-capacity = Capacity
paper-column-attendance = Attendance
