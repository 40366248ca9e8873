"""Suppliers and requests."""

from django.urls import path

from amont.web.ask import answers, views, vouching

app_name = "ask"
urlpatterns = [
    path("ask/", views.suppliers, name="suppliers"),
    path("ask/new/", views.new, name="new"),
    path("ask/source/<str:source>/", views.invite, name="invite"),
    path("ask/vouch/<str:organization>/", vouching.vouch, name="vouch"),
    path("ask/<str:request_id>/", views.request_page, name="request"),
    path("ask/<str:request_id>/answers/", answers.answers, name="answers"),
    path("ask/<str:request_id>/review/", answers.review, name="review"),
    path("ask/<str:request_id>/resend/", views.resend, name="resend"),
    path("ask/<str:request_id>/cancel/", views.cancel, name="cancel"),
]
