package io.coffer.core.founding;

import io.coffer.Bytes;
import io.coffer.core.Action;
import io.coffer.core.Call;
import io.coffer.core.Event;
import io.coffer.core.Ids;
import io.coffer.core.Keyspace;
import io.coffer.core.Witness;
import io.coffer.core.access.Access;
import io.coffer.core.access.AccessBinding;
import io.coffer.core.access.Role;
import io.coffer.core.folder.Folder;
import io.coffer.core.iam.Accounts;
import io.coffer.core.iam.ServiceAccount;
import io.coffer.engine.Committed;
import io.coffer.engine.Engine;
import io.coffer.engine.WriteTx;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * The service account that Coffer acts as towards a swarm, unless another one is named. It is made
 * once: what is taken away from it later stays away.
 */
public final class DriverAccount {
  static final String NAME = "docker-driver";

  private DriverAccount() {}

  /** The id of the account; the first time, makes it and lets it read the Docker folder. */
  public static CompletionStage<String> madeOnce(
      Engine engine, Witness witness, Call call, Ids ids, Founding.Known founding) {
    ServiceAccount account =
        new ServiceAccount(
            ids.account(),
            founding.folder().id(),
            NAME,
            "reads secrets for a swarm; made when its driver was first listened for",
            call.at());
    return engine
        .write(tx -> madeOnce(tx, witness, call, account, founding.dockerFolder()))
        .thenApply(Committed::value);
  }

  private static String madeOnce(
      WriteTx tx, Witness witness, Call call, ServiceAccount account, Folder folder) {
    return tx.get(Keyspace.driverAccount())
        .map(row -> new String(row.value().shared(), StandardCharsets.UTF_8))
        .orElseGet(() -> {
          Role role = Role.LOCKBOX_PAYLOAD_VIEWER;
          List<AccessBinding> bindings = new ArrayList<>(Access.bindings(tx, folder.id()));
          bindings.add(new AccessBinding(role, account.subject()));
          Access.bind(tx, folder.id(), bindings);
          Accounts.put(tx, account);
          tx.put(Keyspace.driverAccount(), Bytes.utf8(account.id()));
          witness.saw(
              tx,
              call,
              Event.in(
                  folder.path(),
                  Action.CREATE_SERVICE_ACCOUNT,
                  Event.word("service_account_id", account.id()),
                  Event.word("service_account_name", account.name()),
                  Event.word("role_id", role.id())));
          return account.id();
        });
  }
}
