"""Pages of certificates and documents."""

from django.urls import path

from amont.web.proof import leaving, views

app_name = "proof"
urlpatterns = [
    path("", views.certificates, name="certificates"),
    path("dossier/", leaving.dossier, name="dossier"),
    path("erasure/", leaving.erasure, name="erasure"),
    path("certificates/<str:certificate>/", views.certificate, name="certificate"),
    path("certificates/<str:certificate>/renew/", views.renew, name="renew"),
    path("items/<str:item>/", views.item, name="item"),
    path("documents/<str:document>/", views.document, name="document"),
    path("documents/<str:document>/replace/", views.replace, name="replace"),
    path("documents/<str:document>/remove/", views.remove, name="remove"),
]
