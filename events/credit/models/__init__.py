"""The tables of credit."""

from events.credit.models.certificates import (
    CERTIFICATE_NUMBER_TAKEN,
    ONE_CERTIFICATE,
    Certificate,
)
from events.credit.models.evaluations import (
    ONE_ANSWER_EACH,
    ONE_EVALUATION,
    Evaluation,
    EvaluationAnswer,
    EvaluationPart,
)
from events.credit.models.keeping import Purge
from events.credit.models.licences import ONE_LICENCE, LicenceNumber

__all__ = [
    "CERTIFICATE_NUMBER_TAKEN",
    "ONE_ANSWER_EACH",
    "ONE_CERTIFICATE",
    "ONE_EVALUATION",
    "ONE_LICENCE",
    "Certificate",
    "Evaluation",
    "EvaluationAnswer",
    "EvaluationPart",
    "LicenceNumber",
    "Purge",
]
