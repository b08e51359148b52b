package io.coffer.core.workload;

import io.coffer.Bytes;
import io.coffer.Problem;
import io.coffer.core.Call;
import io.coffer.core.Keyspace;
import io.coffer.core.access.Access;
import io.coffer.core.access.Permission;
import io.coffer.core.access.Resource;
import io.coffer.core.folder.Folder;
import io.coffer.core.folder.Folders;
import io.coffer.engine.EngineException;
import io.coffer.engine.ReadTx;
import io.coffer.engine.Row;
import io.coffer.engine.WriteTx;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Federations in their rows. {@link #find} and {@link #locate} ask no permission. */
public final class FederationRows {
  /** As refusals name a federation. */
  public static final String RESOURCE = "iam.workloadIdentityFederation";

  private FederationRows() {}

  /** A federation and where it is. */
  public record Found(Folder folder, Federation federation) {
    public Resource resource() {
      return Resource.federation(federation.id(), folder);
    }
  }

  public static Optional<Federation> find(ReadTx tx, String federationId) {
    if (federationId.indexOf('\0') >= 0) {
      return Optional.empty();
    }
    return tx.get(Keyspace.federationHome(federationId))
        .map(home -> {
          String folderId = new String(home.value().shared(), StandardCharsets.UTF_8);
          return tx.get(Keyspace.federation(folderId, federationId))
              .map(row -> FederationCodec.decode(row.value()))
              .orElseThrow(() -> new EngineException.Corrupt("a federation's row is missing"));
        });
  }

  public static Optional<Found> locate(ReadTx tx, String federationId) {
    return find(tx, federationId)
        .map(found -> new Found(Folders.require(tx, found.folderId()), found));
  }

  /** It, if the caller may; one that does not exist is not there for whoever may look. */
  public static Found require(ReadTx tx, Call call, Permission permission, String federationId) {
    Optional<Found> found = locate(tx, federationId);
    if (found.isEmpty()) {
      Access.requireSomewhere(tx, call, permission, RESOURCE, federationId);
      throw new Problem.NotFound("federation", federationId).asException();
    }
    Access.require(tx, call, permission, found.get().resource());
    return found.get();
  }

  /**
   * Those of a folder, by id.
   *
   * @param after the id of the one before, empty for the first ones
   */
  static List<Federation> of(ReadTx tx, String folderId, String after, int limit) {
    Keyspace.Range range = Keyspace.federations(folderId);
    if (!after.isEmpty()) {
      range = range.after(Keyspace.federation(folderId, after));
    }
    return tx.scan(range.from(), range.to(), limit).stream()
        .map(row -> FederationCodec.decode(row.value()))
        .toList();
  }

  static void put(WriteTx tx, Federation federation) {
    tx.put(
        Keyspace.federation(federation.folderId(), federation.id()),
        FederationCodec.encode(federation));
    tx.put(Keyspace.federationHome(federation.id()), Bytes.utf8(federation.folderId()));
  }

  /**
   * Takes it away, what is bound on it, and the credentials that refer to it.
   *
   * @return their ids
   */
  static List<String> delete(WriteTx tx, Federation federation) {
    List<String> credentials = new ArrayList<>();
    Keyspace.Range range = Keyspace.credentialsOfFederation(federation.id());
    for (Row row : tx.scan(range.from(), range.to(), Federations.CREDENTIALS_MAX)) {
      String credentialId = Keyspace.lastPart(row.key());
      String accountId = Keyspace.lastPartButOne(row.key());
      tx.delete(Keyspace.federatedCredential(credentialId));
      tx.delete(Keyspace.federatedCredentialOf(accountId, credentialId));
      tx.delete(row.key());
      credentials.add(credentialId);
    }
    tx.delete(Keyspace.bindings(federation.id()));
    tx.delete(Keyspace.federation(federation.folderId(), federation.id()));
    tx.delete(Keyspace.federationHome(federation.id()));
    return credentials;
  }
}
