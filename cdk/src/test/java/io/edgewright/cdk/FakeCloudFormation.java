package io.edgewright.cdk;

import io.edgewright.cdk.FakeAws.Reply;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What CloudFormation says of one stack.
final class FakeCloudFormation {
  private Optional<Map<String, String>> outputs = Optional.empty();
  private boolean isShut;

  /// From now on there is the stack.
  void deploy() {
    outputs = Optional.of(new TreeMap<>());
  }

  void output(String name, String value) {
    outputs.orElseThrow().put(name, value);
  }

  /// It tells nobody anything.
  void shut() {
    isShut = true;
  }

  Reply answer() {
    if (isShut) {
      return error("AccessDenied", "not authorized to perform DescribeStacks");
    }
    return outputs
        .map(FakeCloudFormation::stack)
        .orElseGet(() -> error("ValidationError", "Stack with id Edgewright does not exist"));
  }

  private static Reply stack(Map<String, String> outputs) {
    var xml = new StringBuilder("<DescribeStacksResponse><DescribeStacksResult><Stacks><member>");
    xml.append("<StackName>Edgewright</StackName><Outputs>");
    outputs.forEach((name, value) ->
        xml.append("<member><OutputKey>" + name + "</OutputKey>")
            .append("<OutputValue>" + value + "</OutputValue></member>"));
    xml.append("</Outputs></member></Stacks></DescribeStacksResult></DescribeStacksResponse>");
    return Reply.ok(xml.toString());
  }

  private static Reply error(String code, String message) {
    return new Reply(
        400,
        "<ErrorResponse><Error><Code>%s</Code><Message>%s</Message></Error></ErrorResponse>"
            .formatted(code, message));
  }
}
