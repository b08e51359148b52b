package io.coffer.core.founding;

import io.coffer.core.Action;
import io.coffer.core.Call;
import io.coffer.core.Event;
import io.coffer.core.Ids;
import io.coffer.core.Keyspace;
import io.coffer.core.Witness;
import io.coffer.core.access.Access;
import io.coffer.core.access.AccessBinding;
import io.coffer.core.access.Role;
import io.coffer.core.folder.Cloud;
import io.coffer.core.folder.Folder;
import io.coffer.core.folder.Folders;
import io.coffer.core.folder.Profile;
import io.coffer.core.iam.Accounts;
import io.coffer.core.iam.AuthorizedKey;
import io.coffer.core.iam.AuthorizedKeyIndex;
import io.coffer.core.iam.ServiceAccount;
import io.coffer.crypto.RsaKeys;
import io.coffer.engine.Engine;
import io.coffer.engine.EngineException;
import io.coffer.engine.ReadTx;
import io.coffer.engine.WriteTx;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * What is there before the first secret: a cloud, the folder {@code default}, the folder {@code
 * docker}, and an administrator with an authorized key.
 */
public record Founding(
    Cloud cloud, Folder folder, Folder dockerFolder, ServiceAccount admin, AuthorizedKey adminKey) {
  private static final String FOLDER = "default";
  private static final String DOCKER_FOLDER = "docker";
  private static final String ADMIN = "admin";

  /** What the running server needs to know of it; names may have changed since. */
  public record Known(Folder folder, Folder dockerFolder, ServiceAccount admin) {}

  /**
   * Plans one; nothing is stored yet.
   *
   * @param adminKeyId of the key whose public half is {@code publicKeyPem}
   */
  public static Founding plan(Ids ids, Call call, String adminKeyId, String publicKeyPem) {
    Cloud cloud = new Cloud(ids.resource(), Profile.of("coffer"), call.at());
    Folder folder =
        new Folder(ids.resource(), cloud.id(), Profile.of(FOLDER), call.at(), Folder.Names.FREE);
    Folder dockerFolder =
        new Folder(
            ids.resource(), cloud.id(), Profile.of(DOCKER_FOLDER), call.at(), Folder.Names.DOCKER);
    ServiceAccount admin =
        new ServiceAccount(ids.account(), folder.id(), ADMIN, "made at the first start", call.at());
    AuthorizedKey key =
        new AuthorizedKey(
            adminKeyId,
            admin.subject(),
            call.at(),
            RsaKeys.Algorithm.RSA_2048.name(),
            publicKeyPem);
    return new Founding(cloud, folder, dockerFolder, admin, key);
  }

  /** Stores all of it and binds the administrator to the cloud. */
  public CompletionStage<?> store(Engine engine, Witness witness, Call call) {
    return engine.write(tx -> {
      store(tx);
      witness.saw(
          tx,
          call,
          Event.of(
              Action.INITIALIZE,
              Event.word("cloud_id", cloud.id()),
              Event.word("service_account_id", admin.id()),
              Event.word("key_id", adminKey.id())));
      return true;
    });
  }

  private void store(WriteTx tx) {
    tx.put(
        Keyspace.founding(),
        FoundingCodec.encode(
            new FoundingCodec.FoundingIds(folder.id(), dockerFolder.id(), admin.id())));
    Folders.put(tx, cloud);
    Folders.put(tx, folder);
    Folders.put(tx, dockerFolder);
    Accounts.put(tx, admin);
    Accounts.put(tx, adminKey);
    AuthorizedKeyIndex.begin(tx);
    Access.bind(tx, cloud.id(), List.of(new AccessBinding(Role.ADMIN, admin.subject())));
  }

  /** What a store was founded with, or nothing if it is new. */
  public static Optional<Known> of(ReadTx tx) {
    return tx.get(Keyspace.founding())
        .map(row -> {
          FoundingCodec.FoundingIds ids = FoundingCodec.decode(row.value());
          return new Known(
              Folders.require(tx, ids.folderId()),
              Folders.require(tx, ids.dockerFolderId()),
              Accounts.account(tx, ids.adminId())
                  .orElseThrow(() -> new EngineException.Corrupt("no administrator")));
        });
  }
}
