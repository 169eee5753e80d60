# Web pages: help.
