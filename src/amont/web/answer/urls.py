"""Invitation, tasks, answers."""

from django.urls import path

from amont.web.answer import answering, inviting, reminding, tasks
from amont.web.answer.form import views as form
from amont.web.answer.form import workbooks

app_name = "answer"
urlpatterns = [
    path("invitation/copy/<str:invitation>/", inviting.copied, name="copied"),
    path("invitation/<str:token>/", inviting.invitation, name="invitation"),
    path("invitation/<str:token>/begin/", inviting.begin, name="begin"),
    path("invitation/<str:token>/account/", inviting.account, name="account"),
    path("invitation/<str:token>/organization/", inviting.choose, name="choose"),
    path("invitation/<str:token>/forward/", inviting.forward, name="forward"),
    path("invitation/<str:token>/decline/", inviting.decline, name="decline"),
    path("invitation/<str:token>/confirm/", inviting.confirm, name="confirm"),
    path("invitation/<str:token>/replied/", inviting.replied, name="replied"),
    path("invitation/<str:token>/fresh/", inviting.fresh, name="fresh"),
    path("reminders/<str:word>/", reminding.reminders, name="reminders"),
    path("tasks/", tasks.tasks, name="tasks"),
    path("tasks/invitations/<str:invitation>/", tasks.take_up, name="take_up"),
    path("tasks/recognized/<str:invitation>/", tasks.recognize, name="recognize"),
    path("tasks/<str:line>/", answering.answer, name="answer"),
    path("tasks/<str:line>/draft/", answering.draft, name="draft"),
    path("tasks/<str:line>/decline/", answering.decline, name="decline_line"),
    path("tasks/<str:line>/sent/", tasks.sent, name="sent"),
    path("form/", form.whole, name="form"),
    path("form/send/", form.send, name="send"),
    path("form/still-true/", form.still_true, name="still_true"),
    path("form/recall/<str:customer>/", form.recall, name="recall"),
    path("workbook/", workbooks.take, name="workbook"),
    path("workbook/back/", workbooks.give, name="bring"),
    path("workbook/<str:file>/", workbooks.brought, name="brought"),
    path("workbook/<str:file>/marked/", workbooks.marked, name="marked"),
    path("workbook/<str:file>/undo/", workbooks.undo, name="undo"),
    path("form/<str:kind>/<str:ref>/", form.subject, name="subject"),
    path("form/<str:kind>/<str:ref>/<str:question>/", form.say, name="say"),
    path("form/<str:kind>/<str:ref>/<str:question>/widen/", form.widen, name="widen"),
    path("form/<str:kind>/<str:ref>/<str:question>/colleague/", form.colleague, name="colleague"),
    path("question/<str:token>/", form.by_link, name="by_link"),
]
