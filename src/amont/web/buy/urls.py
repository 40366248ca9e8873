"""Pages of group purchasing."""

from django.urls import path

from amont.web.buy import (
    views,
    views_agreements,
    views_ahead,
    views_credit,
    views_disputes,
    views_law,
    views_needs,
    views_spend,
)

app_name = "buy"
urlpatterns = [
    path("", views.start, name="start"),
    path("found/", views.found, name="found"),
    path("join/<str:token>/", views.join, name="join"),
    path("networks/<str:network>/", views.network, name="network"),
    path("networks/<str:network>/link/", views.renew_link, name="renew_link"),
    path("networks/<str:network>/category/", views.category, name="category"),
    path("networks/<str:network>/law/", views_law.law, name="law"),
    path("networks/<str:network>/law/exclude/", views_law.exclude, name="exclude"),
    path("networks/<str:network>/law/apart/", views_law.apart, name="apart"),
    path("networks/<str:network>/law/readmit/<str:organization>/", views_law.readmit, name="readmit"),
    path("networks/<str:network>/needs/", views_needs.needs, name="needs"),
    path("networks/<str:network>/needs/forget/", views_needs.forget, name="forget_need"),
    path("networks/<str:network>/leads/", views_needs.leads, name="leads"),
    path("networks/<str:network>/leads/<str:mandate>/", views_needs.vote, name="vote_on_lead"),
    path("networks/<str:network>/agreement/", views_agreements.draft, name="draft"),
    path("agreements/<str:agreement>/", views_agreements.agreement, name="agreement"),
    path("agreements/<str:agreement>/prices/", views_agreements.prices, name="prices"),
    path("agreements/<str:agreement>/consent/", views_agreements.consent, name="consent"),
    path("agreements/<str:agreement>/close/", views_agreements.close, name="close"),
    path("agreements/<str:agreement>/adhere/", views_agreements.adhere, name="adhere"),
    path("agreements/<str:agreement>/documents/", views_spend.documents, name="documents"),
    path("agreements/<str:agreement>/own/", views_spend.own, name="own"),
    path("agreements/<str:agreement>/sold/", views_spend.sold, name="sold"),
    path("agreements/<str:agreement>/settlements/<str:settlement>/", views_spend.settlement, name="settlement"),
    path("agreements/<str:agreement>/settlements/<str:settlement>/credit/", views_credit.credit, name="credit"),
    path("agreements/<str:agreement>/recompute/", views_spend.recompute, name="recompute"),
    path("agreements/<str:agreement>/ahead/", views_ahead.foresight, name="foresight"),
    path("agreements/<str:agreement>/savings/", views_ahead.savings, name="savings"),
    path("agreements/<str:agreement>/renewal/", views_ahead.renewal, name="renewal"),
    path("agreements/<str:agreement>/renewal/publish/", views_ahead.publish, name="publish"),
    path("agreements/<str:agreement>/dispute/", views_disputes.dispute, name="dispute"),
    path("agreements/<str:agreement>/disputes/", views_disputes.disputes, name="disputes"),
    path("agreements/<str:agreement>/disputes/<str:dispute>/", views_disputes.answer, name="answer_dispute"),
    path("agreements/<str:agreement>/settle/", views_spend.settle, name="settle"),
    path("agreements/<str:agreement>/buyers/<str:adhesion>/", views_spend.answer, name="answer"),
]
