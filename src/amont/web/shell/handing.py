"""Handing out what a page shows as a file: the same rows under the same filters, by the same address."""

from django.http import HttpRequest, HttpResponse
from django.utils.text import slugify
from django.utils.translation import get_language

from amont.exchange.writing import Written, as_csv, as_xlsx

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FILES = ("csv", "xlsx")


def is_file(request: HttpRequest) -> bool:
    """Tell whether the page is asked for as a file."""
    return request.GET.get("file") in FILES


def handed(request: HttpRequest, *tables: Written) -> HttpResponse:
    """Answer with the page's table as the file asked for; of several tables the one that the address names."""
    table = tables[_number(request, len(tables))]
    if request.GET.get("file") == "xlsx":
        answer = HttpResponse(as_xlsx(table), content_type=XLSX)
    else:
        french = (get_language() or "fr").startswith("fr")
        answer = HttpResponse(as_csv(table, french=french), content_type="text/csv; charset=utf-8")
    kind = "xlsx" if request.GET.get("file") == "xlsx" else "csv"
    answer["Content-Disposition"] = f'attachment; filename="{slugify(table.title) or "amont"}.{kind}"'
    return answer


def _number(request: HttpRequest, count: int) -> int:
    asked = request.GET.get("table", "")
    number = int(asked) if asked.isascii() and asked.isdigit() else 1
    return min(max(1, number), count) - 1
