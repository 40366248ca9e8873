"""All urls: one include for each journey."""

from django.conf import settings
from django.urls import include, path

urlpatterns = [
    path("api/v1/", include("amont.api.urls")),
    path("accounts/", include("amont.web.account.doors")),
    path("account/programs/", include("amont.web.connect.urls")),
    path("account/", include("amont.web.account.urls")),
    path("decisions/", include("amont.web.decide.urls")),
    path("who/", include("amont.web.share.urls")),
    path("proof/", include("amont.web.proof.urls")),
    path("buying/", include("amont.web.buy.urls")),
    path("lines/", include("amont.web.see.urls")),
    path("sovereignty/", include("amont.web.depend.urls")),
    path("", include("amont.web.look.urls")),
    path("", include("amont.web.found.urls")),
    path("", include("amont.web.home.urls")),
    path("", include("amont.web.bring.urls")),
    path("", include("amont.web.answer.urls")),
    path("", include("amont.web.ask.urls")),
    path("", include("amont.web.shell.urls")),
]
if settings.DEMO:
    urlpatterns += [path("demo/", include("amont.web.demo.urls"))]

handler400 = "amont.web.shell.views.bad_request"
handler403 = "amont.web.shell.views.not_allowed"
handler404 = "amont.web.shell.views.not_found"
handler500 = "amont.web.shell.views.went_wrong"
