"""Validates an RO-Crate by roc-validator and its profiles, without the network.

The validator reads the contexts of JSON-LD from the web. Here it is given what they say of the terms that
Backtrail's crates use; a term that stands in neither of them is one that no crate may use.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from requests import PreparedRequest, Response
from requests.adapters import BaseAdapter
from rocrate_validator import services
from rocrate_validator.models import Severity, ValidationSettings
from rocrate_validator.utils.document_loader import install_document_loader
from rocrate_validator.utils.http import HttpRequester

SCHEMA = "http://schema.org/"
_OF_SCHEMA_ORG = """
 about actionStatus additionalType agent ControlAction CreateAction CreativeWork ComputerLanguage Dataset
datePublished description encodingFormat endTime error exampleOfWork FailedActionStatus
CompletedActionStatus hasPart HowTo HowToStep identifier instrument license mainEntity mentions name
object OrganizeAction Person position programmingLanguage PropertyValue result SoftwareApplication
softwareRequirements SoftwareSourceCode startTime step url value version workExample
""".split()  # noqa: SIM905 - a list of sixty lines otherwise
CONTEXTS: dict[str, dict[str, str]] = {
    "https://w3id.org/ro/crate/1.1/context": {
        **{term: SCHEMA + term for term in _OF_SCHEMA_ORG},
        "File": f"{SCHEMA}MediaObject",
        "conformsTo": "http://purl.org/dc/terms/conformsTo",
        "ComputationalWorkflow": "https://bioschemas.org/ComputationalWorkflow",
        "FormalParameter": "https://bioschemas.org/FormalParameter",
        "input": "https://bioschemas.org/ComputationalWorkflow#input",
        "output": "https://bioschemas.org/ComputationalWorkflow#output",
    },
    "https://w3id.org/ro/terms/workflow-run/context": {
        "sha256": "https://w3id.org/ro/terms/workflow-run#sha256",
    },
}


class _Web(BaseAdapter):
    """Answers with the contexts, and otherwise that there is no such page."""

    def send(self, request: PreparedRequest, *_: Any, **__: Any) -> Response:
        response = Response()
        context = CONTEXTS.get(request.url or "")
        response.status_code = 404 if context is None else 200
        response._content = json.dumps({"@context": context}).encode()
        response.headers["Content-Type"] = "application/ld+json"
        response.url = request.url or ""
        response.request = request
        return response

    def close(self) -> None:
        """There is nothing to close."""


def problems(crate: Path, profile: str) -> list[str]:
    """What the profile requires, and those that it builds on, and the crate has not."""
    settings = ValidationSettings(
        rocrate_uri=str(crate),
        profile_identifier=profile,
        requirement_severity=Severity.REQUIRED,
        no_cache=True,
    )
    install_document_loader()
    for scheme in ("http://", "https://"):
        HttpRequester().session.mount(scheme, _Web())
    result = services.validate(settings)
    found = result.get_issues(min_severity=Severity.REQUIRED)
    return [f"{issue.check.identifier}: {issue.message}" for issue in found]


if __name__ == "__main__":
    print(json.dumps(problems(Path(sys.argv[1]), sys.argv[2])))
