package io.edgewright.functions.core.store;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Where a page begins: after the item with these sort keys. Nothing that callers should read.
public final class PageCursor {
  private PageCursor() {}

  public static String of(Object... keys) {
    String text = String.join("\n", List.of(keys).stream().map(Object::toString).toList());
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /// @throws IllegalArgumentException when it is no cursor with so many keys
  public static List<String> keys(String cursor, int count) {
    String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
    List<String> keys = List.of(text.split("\n", -1));
    if (keys.size() != count || !of(keys.toArray()).equals(cursor)) {
      throw new IllegalArgumentException("not a cursor: " + cursor);
    }
    return keys;
  }

  /// A page out of a list that was asked for one item more than fits, to see whether there are any.
  public static <T> Page<T> page(List<T> items, int limit, Function<T, String> after) {
    List<T> page = items.subList(0, Math.min(limit, items.size()));
    return new Page<>(
        page, items.size() > limit ? Optional.of(after.apply(page.getLast())) : Optional.empty());
  }
}
