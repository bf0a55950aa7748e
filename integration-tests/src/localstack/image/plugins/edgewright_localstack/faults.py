"""A bad day for functions: while it lasts, S3 fails and DynamoDB throttles each request that comes for the first time."""

import hashlib
import threading

from localstack.aws.api import CommonServiceException

PATH = "/_localstack/edgewright/faults"
THROTTLED = CommonServiceException(
    "ProvisionedThroughputExceededException", "a test throttles this request", status_code=400
)
FAILED = CommonServiceException("InternalError", "a test lets this request fail", status_code=500)
OF_SERVICES = {"dynamodb": THROTTLED, "s3": FAILED}


class Faults:
    """A handler of requests, and the resource at PATH: POST {"on": true}; GET {"dynamodb": 12, "s3": 3}."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.lasts = False
        self.met: set[str] = set()
        self.counts = dict.fromkeys(OF_SERVICES, 0)

    def on_post(self, request) -> dict:
        with self.lock:
            self.lasts = request.get_json(force=True)["on"]
        return self.on_get(request)

    def on_get(self, _request) -> dict:
        with self.lock:
            return dict(self.counts)

    def __call__(self, _chain, context, _response) -> None:
        if not self.lasts or not context.operation or not is_of_function(context.request):
            return
        service = context.service.service_name
        fault = OF_SERVICES.get(service)
        if fault and self.is_first(service, context):
            raise fault

    def is_first(self, service: str, context) -> bool:
        request = context.request
        # Bodies of S3 are large, and their address says what they are.
        body = hashlib.sha256(request.get_data()).hexdigest() if service == "dynamodb" else ""
        known_by = " ".join((request.method, request.full_path, context.operation.name, body))
        with self.lock:
            if known_by in self.met:
                return False
            self.met.add(known_by)
            self.counts[service] += 1
            return True


def is_of_function(request) -> bool:
    """Functions have the keys of an assumed role; whoever tests has keys of an account."""
    return "Credential=LSIA" in request.headers.get("Authorization", "")
