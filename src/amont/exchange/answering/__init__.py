"""The form of answers as a workbook, out and back."""

from amont.exchange.answering.back import bring
from amont.exchange.answering.out import workbook

__all__ = ["bring", "workbook"]
