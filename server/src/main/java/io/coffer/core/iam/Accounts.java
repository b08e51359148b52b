package io.coffer.core.iam;

import io.coffer.core.Keyspace;
import io.coffer.engine.ReadTx;
import io.coffer.engine.WriteTx;
import java.util.Optional;

/** Where accounts and keys are looked up. Their verbs come with the IAM door. */
public final class Accounts {
  private Accounts() {}

  public static Optional<ServiceAccount> account(ReadTx tx, String accountId) {
    return tx.get(Keyspace.serviceAccount(accountId)).map(row -> AccountCodec.account(row.value()));
  }

  public static Optional<AuthorizedKey> key(ReadTx tx, String keyId) {
    return tx.get(Keyspace.authorizedKey(keyId)).map(row -> AccountCodec.key(row.value()));
  }

  public static void put(WriteTx tx, ServiceAccount account) {
    tx.put(Keyspace.serviceAccount(account.id()), AccountCodec.encode(account));
  }

  public static void put(WriteTx tx, AuthorizedKey key) {
    tx.put(Keyspace.authorizedKey(key.id()), AccountCodec.encode(key));
  }
}
