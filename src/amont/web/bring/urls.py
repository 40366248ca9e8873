"""Urls of bringing data, own lines and own book."""

from django.urls import path

from amont.web.bring.views import alike, contacts, files, lines, sites

app_name = "bring"
urlpatterns = [
    path("bring/", files.start, name="start"),
    path("bring/files/<str:file>/", files.file, name="file"),
    path("bring/files/<str:file>/refused.xlsx", files.marked, name="marked"),
    path("bring/lines/", lines.table, name="lines"),
    path("bring/lines/new/", lines.new, name="line_new"),
    path("bring/lines/<str:line>/", lines.edit, name="line"),
    path("bring/lines/<str:line>/supplier/", lines.supplier, name="line_supplier"),
    path("bring/suppliers/", contacts.table, name="contacts"),
    path("bring/suppliers/new/", contacts.new, name="contact_new"),
    path("bring/suppliers/<str:contact>/", contacts.edit, name="contact"),
    path("bring/sites/", sites.table, name="sites"),
    path("bring/sites/new/", sites.new, name="site_new"),
    path("bring/sites/<str:site>/", sites.edit, name="site"),
    path("bring/sites/<str:site>/close/", sites.close, name="site_close"),
    path("bring/alike/", alike.table, name="alike"),
    path("bring/alike/<str:pair>/", alike.decide, name="alike_decide"),
    path("bring/alike/<str:pair>/again/", alike.again, name="alike_again"),
    path("bring/merges/<str:merge>/undo/", alike.undo, name="merge_undo"),
]
