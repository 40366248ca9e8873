"""Decisions of a consortium."""

from django.urls import path

from amont.web.decide import views

app_name = "decide"
urlpatterns = [
    path("<str:consortium>/", views.proposals, name="proposals"),
    path("<str:consortium>/new/<slug:kind>/", views.new, name="new"),
    path("<str:consortium>/<str:proposal>/", views.proposal, name="proposal"),
    path("<str:consortium>/<str:proposal>/vote/", views.vote, name="vote"),
    path("<str:consortium>/<str:proposal>/withdraw/", views.withdraw, name="withdraw"),
]
