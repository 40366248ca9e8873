"""The urls as they are in demo mode."""

from django.urls import include, path

from amont.config.urls import handler400, handler403, handler404, handler500
from amont.config.urls import urlpatterns as usual

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]
urlpatterns = [*usual, path("demo/", include("amont.web.demo.urls"))]
