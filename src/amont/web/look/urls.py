"""What was opened to a person, and the operator's own page."""

from django.urls import path

from amont.web.look import views

app_name = "look"
urlpatterns = [
    path("opened/", views.opened, name="opened"),
    path("opened/<str:inspection>/", views.inspected, name="inspected"),
    path("operator/", views.board, name="board"),
]
