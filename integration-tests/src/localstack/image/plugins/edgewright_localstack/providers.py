"""What LocalStack finds by its entry points. Nothing heavy is imported before it is used."""

import threading

from localstack.runtime import hooks
from localstack.services.lambda_.invocation.plugins import RuntimeExecutorPlugin
from localstack.services.plugins import Service, aws_provider


@aws_provider(api="dynamodb", name="moto")
def dynamodb_moto():
    """DynamoDB as moto has it. LocalStack's own is a program of Amazon's with a licence of its own."""
    from localstack.aws.api.dynamodb import DynamodbApi
    from localstack.aws.forwarder import ForwardingFallbackDispatcher
    from localstack.services.moto import call_moto

    # Moto does not take care that a conditional write is atomic.
    one_at_a_time = threading.Lock()

    def call(context, _request):
        with one_at_a_time:
            return call_moto(context)

    return Service.for_provider(
        DynamodbApi(), dispatch_table_factory=lambda provider: ForwardingFallbackDispatcher(provider, call)
    )


@hooks.on_infra_start()
def install_faults():
    """Faults that a test can switch on."""
    from localstack.aws.handlers import serve_custom_service_request_handlers
    from localstack.http import Resource
    from localstack.services.internal import get_internal_apis

    from edgewright_localstack.faults import PATH, Faults

    faults = Faults()
    serve_custom_service_request_handlers.append(faults)
    get_internal_apis().add(Resource(PATH, faults))


@hooks.on_infra_start()
def serve_api_at_its_stage():
    """The one REST API at /live/..., as API Gateway has it at a host of its own: devices sign the path that they
    ask for, and with plain HTTP they ask this machine alone, by its address."""
    from localstack.services.apigateway.next_gen.execute_api.router import ApiGatewayEndpoint
    from localstack.services.edge import ROUTER
    from moto.apigateway.models import apigateway_backends

    endpoint = ApiGatewayEndpoint()

    def serve(request, path):
        backends = (backend for regions in apigateway_backends.values() for backend in regions.values())
        api = next(api for backend in backends for api in backend.apis)
        return endpoint(request, api_id=api, stage="live", path=path)

    ROUTER.add(path="/live/<greedy_path:path>", endpoint=serve, strict_slashes=True)


class ProcessExecutorPlugin(RuntimeExecutorPlugin):
    """Runs Lambda functions as processes beside LocalStack."""

    name = "process"

    def load(self, *_args, **_kwargs):
        from edgewright_localstack.process_executor import ProcessExecutor

        return ProcessExecutor
