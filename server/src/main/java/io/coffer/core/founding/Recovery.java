package io.coffer.core.founding;

import io.coffer.core.Action;
import io.coffer.core.Call;
import io.coffer.core.Event;
import io.coffer.core.Witness;
import io.coffer.core.access.Access;
import io.coffer.core.access.AccessBinding;
import io.coffer.core.access.Role;
import io.coffer.core.iam.Accounts;
import io.coffer.core.iam.AuthorizedKey;
import io.coffer.engine.Engine;
import io.coffer.engine.WriteTx;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Gives the administrator of the first start a new key in the place of all that he has, and his
 * role on the cloud, should it have been taken. It asks for no permission: whoever can open the
 * store without a server holds the seal, and nothing in it is closed to him.
 */
public final class Recovery {
  private Recovery() {}

  /** The store must have been founded, and {@code key} be of its administrator. */
  public static CompletionStage<?> store(
      Engine engine, Witness witness, Call call, Founding.Known known, AuthorizedKey key) {
    return engine.write(tx -> {
      Accounts.replaceKeys(tx, key);
      bindAgain(tx, known);
      witness.saw(
          tx,
          call,
          Event.of(
              Action.RECOVER_ADMINISTRATOR,
              Event.word("service_account_id", known.admin().id()),
              Event.word("key_id", key.id())));
      return true;
    });
  }

  private static void bindAgain(WriteTx tx, Founding.Known known) {
    String cloud = known.folder().cloudId();
    List<AccessBinding> bindings = new ArrayList<>(Access.bindings(tx, cloud));
    bindings.add(new AccessBinding(Role.ADMIN, known.admin().subject()));
    Access.bind(tx, cloud, bindings);
  }
}
