package io.edgewright.functions.handlers;

import io.edgewright.functions.core.ServiceErrorCode;
import io.edgewright.functions.core.ServiceException;

/// The group that an address names.
final class GroupPath {
  private GroupPath() {}

  static String of(Request request) {
    String group = request.path("group");
    if (!Fields.GROUP.matcher(group).matches()) {
      throw new ServiceException(
          ServiceErrorCode.PARAMETER_INVALID,
          "the group in the address",
          "`" + group + "`",
          Fields.GROUP_ALLOWED,
          "take the name that the claims of its devices were made for");
    }
    return group;
  }
}
