package io.edgewright.functions.core.workflow;

import java.util.Map;

/// The steps by the names under which `compile.asl.json` calls them.
public record Steps(
    Step inspect, Step compile, Step verify, Step publish, Step summarise, Step giveUp) {

  public Map<String, Step> byFunctionName() {
    return Map.of(
        "${InspectFunction}", inspect,
        "${CompileFunction}", compile,
        "${VerifyFunction}", verify,
        "${PublishFunction}", publish,
        "${SummariseFunction}", summarise,
        "${GiveUpFunction}", giveUp);
  }
}
