/// An interpreter for the part of the Amazon States Language that `compile.asl.json` uses, so that
/// one file drives the service here and on Step Functions.
///
/// ```
/// Machine  = startAt { name -> State }
/// State    = Task(function, payload, output, retry*, catch*, next)
///          | MapOver(items, itemSelector, Machine, output, next)
///          | Succeed
/// Template = JSON whose texts "{% ... %}" are JSONata
/// ```
///
/// [AslReader] refuses everything else when the service starts. [Runner] walks a machine and writes
/// every transition to the [Journal] before it acts on it, so a service that is killed goes on
/// where it was. [EmbeddedWorkflow] is the port's adapter.
@NullMarked
package io.edgewright.functions.embedded.workflow;

import org.jspecify.annotations.NullMarked;
