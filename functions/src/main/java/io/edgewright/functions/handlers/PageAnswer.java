package io.edgewright.functions.handlers;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.edgewright.functions.core.Json;
import io.edgewright.functions.core.ServiceErrorCode;
import io.edgewright.functions.core.ServiceException;
import io.edgewright.functions.core.store.Page;
import java.util.Optional;
import java.util.function.Function;

/// A list, a page at a time: the parameters `limit` and `cursor`, and `next` in the answer.
final class PageAnswer {
  private PageAnswer() {}

  interface Query<T> {
    /// @throws IllegalArgumentException when the cursor is none of ours
    Page<T> page(int limit, Optional<String> cursor);
  }

  /// @param name of the list in the answer
  static <T> Answer of(
      Request request, String name, Query<T> query, Function<T, ObjectNode> document) {
    int limit = Parameters.whole(request, "limit", 20, 1, 100);
    Page<T> page = page(query, limit, request.query("cursor"));
    ObjectNode answer = Json.object();
    ArrayNode list = answer.putArray(name);
    page.items().forEach(item -> list.add(document.apply(item)));
    return Answer.json(200, answer.put("next", page.next().orElse(null)));
  }

  /// @throws ServiceException when the cursor is none of ours
  static <T> Page<T> page(Query<T> query, int limit, Optional<String> cursor) {
    try {
      return query.page(limit, cursor);
    } catch (IllegalArgumentException e) {
      throw new ServiceException(
          ServiceErrorCode.PARAMETER_INVALID,
          "the parameter `cursor`",
          "`" + cursor.orElse("") + "`",
          "the `next` of the page before, unchanged",
          "begin again without `cursor`");
    }
  }
}
