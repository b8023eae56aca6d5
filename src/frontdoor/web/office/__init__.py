"""The office: the work list, the case with its decision sheet, and the pages of auditors, designers and supervisors."""
