# Web pages: meetings.
