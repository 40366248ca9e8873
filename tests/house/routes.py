"""All routes of the house, in demo mode too: what the resolver would answer."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver


@dataclass(frozen=True)
class Route:
    """One route: its name with its namespaces, its path as written, its parameters, its view."""

    name: str
    path: str
    parameters: tuple[str, ...]
    view: Callable[..., Any]

    @property
    def is_public(self) -> bool:
        return not getattr(self.view, "login_required", True)


def routes(urlconf: str = "amont.config.urls") -> list[Route]:
    """Return every route, in the order of the resolver."""
    return list(_below(get_resolver(urlconf), "", "", ()))


def _below(resolver: URLResolver, namespace: str, before: str, parameters: tuple[str, ...]) -> Iterator[Route]:
    for pattern in resolver.url_patterns:
        path, found = before + str(pattern.pattern), parameters + _parameters(pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _below(pattern, inner, path, found)
        elif isinstance(pattern, URLPattern):
            yield Route(f"{namespace}{pattern.name}", path, found, pattern.callback)


def _parameters(pattern: URLPattern | URLResolver) -> tuple[str, ...]:
    converters = tuple(getattr(pattern.pattern, "converters", ()))
    return converters or tuple(getattr(getattr(pattern.pattern, "regex", None), "groupindex", ()))
