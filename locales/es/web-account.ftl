# Web pages: account.
