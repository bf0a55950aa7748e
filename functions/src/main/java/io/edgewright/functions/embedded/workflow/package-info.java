/// An interpreter for a part of the Amazon States Language, so that one file, `compile.asl.json`,
/// drives the service here and on Step Functions. `docs/workflow.md` says which part.
///
/// ```
/// Machine    = startAt { name -> State } timeout?
/// State      = Task(function, payload, timeout?, Recovery, After)
///            | MapOver(items, itemSelector, maxConcurrency, Machine, Recovery, After)
///            | Parallel(arguments, Machine+, Recovery, After)
///            | Choice({ condition -> After }+, otherwise?)
///            | Wait(Until, After) | Pass(After) | Succeed(output) | Fail(error?, cause?)
/// Recovery   = Retrier* Catcher*
/// After      = output { variable -> Template } Transition
/// Transition = Next(state) | End
/// Template   = JSON whose texts "{% ... %}" are [Expression]s
/// ```
///
/// [AslReader] refuses everything else when the service starts. [Runner] walks a machine and writes
/// every transition to the [Journal] before it acts on it, so a service that is killed goes on
/// where it was: a [Position] is read from the journal, now as after a restart. [StateTries] tries
/// again, [Together] runs what runs at the same time. [EmbeddedWorkflow] is the port's adapter.
@NullMarked
package io.edgewright.functions.embedded.workflow;

import org.jspecify.annotations.NullMarked;
