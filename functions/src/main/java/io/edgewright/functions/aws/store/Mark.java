package io.edgewright.functions.aws.store;

import java.util.UUID;

/// What a conditional write leaves in its item. When its reply is lost, the SDK sends it again and
/// the condition fails on the write's own effect: whoever finds this mark there has succeeded.
record Mark(String text) {
  private static final String ATTRIBUTE = "by";

  static Mark fresh() {
    return new Mark(UUID.randomUUID().toString());
  }

  Item on(Item item) {
    return item.with(ATTRIBUTE, text);
  }

  boolean isOn(Item item) {
    return item.text(ATTRIBUTE, "").equals(text);
  }
}
