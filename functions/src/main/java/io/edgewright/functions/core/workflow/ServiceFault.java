package io.edgewright.functions.core.workflow;

import io.edgewright.functions.core.Json;
import io.edgewright.functions.core.ServiceProblem;
import java.util.List;

/// A step could not do its work through no fault of the caller. The message is the problems as
/// JSON, because a message is all that Step Functions hands on.
public final class ServiceFault extends RuntimeException {
  public ServiceFault(List<ServiceProblem> problems) {
    super(Json.text(ServiceProblem.toJson(problems)));
  }
}
