"""From a report to attributed statements, dates, names and legal references."""
