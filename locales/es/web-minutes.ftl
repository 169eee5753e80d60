# Web pages: minutes.
