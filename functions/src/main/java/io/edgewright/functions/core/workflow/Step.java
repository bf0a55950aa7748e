package io.edgewright.functions.core.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/// One task of the workflow.
public interface Step {
  ObjectNode run(JsonNode input) throws IOException, InterruptedException;
}
