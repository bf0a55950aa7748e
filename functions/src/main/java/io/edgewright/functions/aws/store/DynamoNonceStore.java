package io.edgewright.functions.aws.store;

import io.edgewright.functions.core.store.NonceStore;
import java.time.Instant;

/// An item a nonce, which DynamoDB deletes some time after its end.
public final class DynamoNonceStore implements NonceStore {
  private final Table nonces;

  public DynamoNonceStore(Tables tables) {
    this.nonces = tables.table("nonces");
  }

  @Override
  public boolean remember(String device, String nonce, Instant now, Instant until) {
    Mark mark = Mark.fresh();
    Item item = mark.on(Item.of("id", device + "/" + nonce).with("until", until).expiring(until));
    Term unused = Term.of("attribute_not_exists(#id) OR #until < :now").with("now", now);
    return switch (nonces.put(item, unused)) {
      case Table.Outcome.Written _ -> true;
      case Table.Outcome.Refused(Item there) -> mark.isOn(there);
    };
  }
}
