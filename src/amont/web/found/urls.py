"""Urls of founding, seats and the consortium's page."""

from django.urls import path

from amont.web.found.views import consortium, seat, start, wizard

app_name = "found"
urlpatterns = [
    path("found/", start.start, name="start"),
    path("found/sent/", start.sent, name="sent"),
    path("found/open/<str:token>/", start.open_account, name="open"),
    path("found/review/", wizard.review, name="review"),
    path("found/<slug:step>/", wizard.step, name="step"),
    path("seat/<str:token>/", seat.seat, name="seat"),
    path("seat/<str:token>/mail/", seat.mail, name="seat_mail"),
    path("consortium/", consortium.current, name="consortium"),
    path("consortium/<str:consortium>/", consortium.page, name="page"),
    path("consortium/<str:consortium>/help/", consortium.help_with, name="help"),
    path("consortium/<str:consortium>/offer/", consortium.offer, name="offer"),
    path("consortium/<str:consortium>/members/<str:organization>/letter/", consortium.letter, name="letter"),
    path("consortium/<str:consortium>/members/<str:organization>/check/", consortium.check, name="check"),
    path("consortium/<str:consortium>/seats/<str:seat>/link/", consortium.link, name="link"),
    path("consortium/<str:consortium>/seats/<str:seat>/resend/", consortium.resend, name="resend"),
    path("consortium/<str:consortium>/seats/<str:seat>/withdraw/", consortium.withdraw, name="withdraw"),
]
