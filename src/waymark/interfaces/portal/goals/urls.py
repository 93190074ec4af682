"""The addresses of goals and problems."""

from django.urls import path

from waymark.interfaces.portal.goals import changing, problems, rating, tries, views

urlpatterns = [
    path("goals/", views.goals, name="goals"),
    path("goals/new/", views.write, name="write-goal"),
    path("goals/<uuid:id>/", views.goal, name="goal"),
    path("goals/<uuid:id>/again/", views.again, name="goal-again"),
    path("goals/<uuid:id>/rate/", rating.rate, name="rate-goal"),
    path("goals/<uuid:id>/change/", changing.change, name="change-goal"),
    path("goals/<uuid:id>/levels/", changing.levels, name="goal-levels"),
    path("goals/<uuid:id>/become/<slug:to>/", changing.become, name="goal-becomes"),
    path("goals/<uuid:id>/split/", changing.split, name="split-goal"),
    path("goals/<uuid:id>/replace/", changing.replace_by, name="replace-goal"),
    path("goals/<uuid:id>/remove/", changing.remove, name="remove-goal"),
    path("tries/new/", tries.begin, name="begin-try"),
    path("tries/<uuid:id>/", tries.one_try, name="try"),
    path("tries/<uuid:id>/end/", tries.end, name="end-try"),
    path("tries/<uuid:id>/remove/", tries.remove, name="remove-try"),
    path("problems/new/", problems.state, name="state-problem"),
    path("problems/<uuid:id>/", problems.problem, name="problem"),
    path("problems/<uuid:id>/aside/", problems.aside, name="put-problem-aside"),
    path("problems/<uuid:id>/remove/", problems.remove, name="remove-problem"),
]
