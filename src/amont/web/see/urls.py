"""Pages of chains."""

from django.urls import path

from amont.web.see import line, views
from amont.web.share.views import item as who

app_name = "see"
urlpatterns = [
    path("", views.lines, name="lines"),
    path("visited/", views.visited, name="visited"),
    path("filters/", views.save_filter, name="save_filter"),
    path("filters/<str:kept>/drop/", views.drop_filter, name="drop_filter"),
    path("mine/", views.mine, name="mine"),
    path("<str:item>/", line.line, name="line"),
    path("<str:item>/drawing.svg", line.drawing_file, name="drawing_file"),
    path("<str:item>/map.svg", line.map_file, name="map_file"),
    path("<str:item>/who/", who, name="who"),
]
