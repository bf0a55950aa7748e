package io.edgewright.functions.aws;

import io.edgewright.functions.core.Json;
import io.edgewright.functions.core.ServiceErrorCode;
import io.edgewright.functions.core.ServiceException;
import io.edgewright.functions.core.store.MetadataSigning;
import java.util.function.Supplier;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;

/// Asks the one function that may use the keys, and waits for it. What was throttled or got lost is
/// asked for again by the SDK: to sign what is signed already does nothing.
public final class LambdaSigning implements MetadataSigning {
  private final LambdaClient client;
  private final Supplier<String> function;

  /// @param function its ARN, asked for when it is needed
  public LambdaSigning(LambdaClient client, Supplier<String> function) {
    this.client = client;
    this.function = function;
  }

  @Override
  public void signGroup(String group) {
    ask(new SigningRequest.Group(group));
  }

  @Override
  public void renew() {
    ask(new SigningRequest.Renewal());
  }

  private void ask(SigningRequest what) {
    SdkBytes payload = SdkBytes.fromByteArray(Json.bytes(what.json()));
    try {
      InvokeResponse answer =
          client.invoke(request -> request.functionName(function.get()).payload(payload));
      if (answer.functionError() != null) {
        throw new IllegalStateException(answer.payload().asUtf8String());
      }
    } catch (SdkException | IllegalStateException e) {
      throw failed(what, e);
    }
  }

  /// The cause is for the log: it may say more than callers should know.
  private static ServiceException failed(SigningRequest what, RuntimeException cause) {
    var failed =
        new ServiceException(
            ServiceErrorCode.SIGNING_FAILED,
            "the function that signs",
            "no success with `" + what.json() + "`",
            "signed metadata that says what the records say",
            "nothing is lost, and it is asked for again within a quarter of an hour; to have it"
                + " sooner, send the same request again");
    failed.initCause(cause);
    return failed;
  }
}
