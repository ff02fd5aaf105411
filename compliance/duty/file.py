"""The register and the checklist as files, by the ending of the file's name."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from compliance.duty.checklist import checklist_csv, checklist_paper, checklist_workbook
from compliance.duty.paper import register_paper
from compliance.duty.sheet import as_csv, as_workbook
from compliance.register import Row

Writer = Callable[[Sequence[Row]], bytes]

REGISTER: Mapping[str, Writer] = {".xlsx": as_workbook, ".csv": as_csv, ".docx": register_paper}
CHECKLIST: Mapping[str, Writer] = {".xlsx": checklist_workbook, ".csv": checklist_csv, ".docx": checklist_paper}
