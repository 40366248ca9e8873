"""Pages of chains."""

from django.urls import path

from amont.web.see import views

app_name = "see"
urlpatterns = [
    path("", views.lines, name="lines"),
    path("mine/", views.mine, name="mine"),
    path("<str:item>/", views.line, name="line"),
    path("<str:item>/who/", views.who, name="who"),
]
