"""Pages on who sees what; that of one item stands among the pages of lines."""

from django.urls import path

from amont.web.share import asking, deciding, letting, views

app_name = "share"
urlpatterns = [
    path("", views.who, name="who"),
    path("read/", views.read, name="read"),
    path("opened/", letting.opened, name="opened"),
    path("opened/case/", letting.open_case, name="open_case"),
    path("opened/audit/", letting.open_audit, name="open_audit"),
    path("opened/<str:inspection>/close/", letting.close, name="close"),
    path("decide/", deciding.give, name="give"),
    path("grants/<str:grant>/", deciding.change, name="change"),
    path("grants/<str:grant>/withdraw/", deciding.withdraw, name="withdraw"),
    path("as/<str:organization>/", views.seen_as, name="seen_as"),
    path("ask/<str:place>/", asking.ask, name="ask"),
    path("asked/", asking.asked, name="asked"),
    path("asked/<str:consent>/", asking.say, name="say"),
]
