package io.edgewright.functions.embedded.workflow;

import io.edgewright.functions.embedded.workflow.Machine.After;
import io.edgewright.functions.embedded.workflow.Machine.Catcher;
import io.edgewright.functions.embedded.workflow.Machine.Recovery;
import io.edgewright.functions.embedded.workflow.Machine.Retrier;
import io.edgewright.functions.embedded.workflow.Machine.Rule;
import io.edgewright.functions.embedded.workflow.Machine.State;
import io.edgewright.functions.embedded.workflow.Machine.Transition;
import io.edgewright.functions.embedded.workflow.Machine.Until;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The fields of a state that say how it is left: transitions, rules, waits, retriers, catchers.
record ExitReader(AslFields fields) {
  /// @param output what the output is where there is no `Output`
  After after(Visible visible, Template output) {
    Optional<String> next = fields.optionalText("Next");
    boolean end = fields.flag("End");
    if (next.isPresent() == end) {
      throw fields.wrong("not exactly one of `Next` and `End`");
    }
    Transition transition =
        next.<Transition>map(Transition.Next::new).orElseGet(Transition.End::new);
    return after(fields, visible, output, transition);
  }

  private static After after(
      AslFields fields, Visible visible, Template output, Transition transition) {
    Map<String, Template> assign = fields.templates("Assign", visible);
    return new After(fields.template("Output", visible).orElse(output), assign, transition);
  }

  private static After afterNext(AslFields fields, Visible visible, Template output) {
    return after(fields, visible, output, new Transition.Next(fields.text("Next")));
  }

  List<Rule> rules(Visible visible) {
    return fields.fullList("Choices").stream().map(rule -> rule(rule, visible)).toList();
  }

  private static Rule rule(AslFields fields, Visible visible) {
    Template condition =
        fields.template("Condition", visible).orElseThrow(() -> fields.wrong("no `Condition`"));
    if (!condition.json().isBoolean() && Expression.in(condition.json()).isEmpty()) {
      throw fields.unsupported("Condition", "an expression, true, false");
    }
    Rule rule = new Rule(condition, afterNext(fields, visible, Template.INPUT));
    fields.end();
    return rule;
  }

  /// A choice's own `Output` and `Assign` belong to its `Default`.
  Optional<After> otherwise(Visible visible) {
    return fields
        .optionalText("Default")
        .map(next -> after(fields, visible, Template.INPUT, new Transition.Next(next)));
  }

  Until until(Visible visible) {
    Optional<Template> seconds = fields.template("Seconds", visible);
    Optional<Template> timestamp = fields.template("Timestamp", visible);
    if (seconds.isPresent() == timestamp.isPresent()) {
      throw fields.wrong("not exactly one of `Seconds` and `Timestamp`");
    }
    return seconds
        .<Until>map(Until.Seconds::new)
        .orElseGet(() -> new Until.Timestamp(timestamp.orElseThrow()));
  }

  State fail(Visible visible) {
    return new State.Fail(fields.template("Error", visible), fields.template("Cause", visible));
  }

  Recovery recovery(Visible visible) {
    List<AslFields> retry = fields.list("Retry");
    List<AslFields> catches = fields.list("Catch");
    return new Recovery(
        retry.stream().map(each -> retrier(each, each == retry.getLast())).toList(),
        catches.stream()
            .map(each -> catcher(each, each == catches.getLast(), visible.with("errorOutput")))
            .toList());
  }

  private static Retrier retrier(AslFields fields, boolean last) {
    int interval = fields.whole("IntervalSeconds", 1, 1, AslReader.LONGEST_SECONDS);
    Retrier retrier =
        new Retrier(
            errors(fields, last),
            Duration.ofSeconds(interval),
            fields.whole("MaxAttempts", 3, 0, 99_999_999),
            fields.number("BackoffRate", 2, 1),
            Duration.ofSeconds(
                fields.whole(
                    "MaxDelaySeconds",
                    AslReader.LONGEST_SECONDS,
                    interval + 1,
                    AslReader.LONGEST_SECONDS)),
            fields.word("JitterStrategy", "NONE", "FULL").equals("FULL"));
    fields.end();
    return retrier;
  }

  private static Catcher catcher(AslFields fields, boolean last, Visible visible) {
    Catcher catcher =
        new Catcher(errors(fields, last), afterNext(fields, visible, Template.ERROR_OUTPUT));
    fields.end();
    return catcher;
  }

  private static List<String> errors(AslFields fields, boolean last) {
    List<String> errors = fields.texts("ErrorEquals");
    if (errors.contains(ErrorNames.ALL) && (!last || errors.size() > 1)) {
      throw fields.wrong("`States.ALL` not alone, or not in the last place");
    }
    for (String error : errors) {
      if (error.startsWith("States.") && !ErrorNames.KNOWN.contains(error)) {
        throw fields.wrong("`" + error + "`; supported: " + ErrorNames.KNOWN);
      }
    }
    return errors;
  }
}
