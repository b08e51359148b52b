package io.coffer.core;

import io.coffer.Bytes;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;

/**
 * Every key Coffer ever writes. If a key is not listed here, it does not exist.
 *
 * <pre>
 *   a / chain / sequence          audit block; both numbers as 16 hex digits
 *   b / resource                  access bindings of a cloud, a folder, a secret, an account
 *   c / cloud                     Cloud
 *   d / time / secret / version   nothing: a version whose destruction is due then
 *   e / time / request / folder / secret / action / version
 *                                 SecretChange; the time as 16 hex digits, the request's random id
 *   f / folder                    Folder
 *   g                             Founding: ids of what was there first
 *   h / secret                    the id of the folder the secret is in
 *   i / account                   ServiceAccount
 *   j / key                       AuthorizedKey
 *   k / secret or key / version   wrapped data key or key material, in a store of its own: see
 *                                 engine.Family
 *   l                             before which position changes are gone
 *   m                             nothing: the names below are complete
 *   m / folder / hmac of name / secret   nothing: a secret of that name, where names may repeat
 *   n / folder / hmac of name     the id of the secret; the name in lower case
 *   o / operation                 Operation
 *   p / secret / version          payload: sealed entries
 *   q / resource / age / operation   nothing: an operation on the resource, the newest first
 *   r / token                     when a revoked IAM token expires; its id as hex digits
 *   s / folder / secret           Secret
 *   t / ca                        the certificate authority of this store, with its key
 *   u / hmac                      what was done once, by caller, method and idempotency key
 *   v / secret / version          Version
 *   w                             the id of the account the driver of a swarm acts as
 *   x / secret or key / version   nothing: what k held of it is deleted and may still be on the disk
 *   y / account-api-key / account / key   nothing: an API key of the account
 *   y / account-credential / account / credential   nothing: a federated credential of the account
 *   y / account-key / account / key   nothing: an authorized key of the account
 *   y / account-keys-complete     nothing: the entries above are complete
 *   y / api-key / key             ApiKey
 *   y / deleted / key             SymmetricKey that is deleted and not destroyed yet
 *   y / due / time / kind / key / version   nothing: what is to be done by itself at that time
 *   y / federated-credential / credential   FederatedCredential
 *   y / federation / folder / federation   Federation
 *   y / federation-credential / federation / account / credential   nothing: it refers to the
 *                                 federation
 *   y / federation-home / federation   the id of the folder the federation is in
 *   y / gone-folder / folder      Folder that was deleted: what was done in it can be asked for
 *   y / group / group             Group
 *   y / group-member / group / type / subject   nothing: a member of the group
 *   y / home / key                the id of the folder the key is in
 *   y / key / folder / key        SymmetricKey
 *   y / member-of / type / subject / group   nothing: the same, found by the member
 *   y / user / account            UserAccount
 *   y / version / key / version   KeyVersion
 *   z / header                    the store's header, see crypto.StoreHeader: the one row not sealed
 * </pre>
 *
 * <p>Each part ends with 0x00, which no part contains: keys sort by part and never run together.
 */
public final class Keyspace {
  private static final int HEX_LONG = 16;

  private Keyspace() {}

  public static Bytes auditBlock(long chain, long sequence) {
    return key('a', hex(chain), hex(sequence));
  }

  /** All blocks of all chains. */
  public static Range auditTrail() {
    return Range.of(key('a'));
  }

  public static Range auditChain(long chain) {
    return Range.of(key('a', hex(chain)));
  }

  /** The chain in the key of an audit block. */
  public static long chainOf(Bytes auditBlock) {
    return unhex(lastPart(auditBlock.slice(0, auditBlock.length() - HEX_LONG - 1)));
  }

  /** The sequence number in the key of an audit block. */
  public static long sequenceOf(Bytes auditBlock) {
    return unhex(lastPart(auditBlock));
  }

  public static Bytes driverAccount() {
    return key('w');
  }

  public static Bytes bindings(String resourceId) {
    return key('b', resourceId);
  }

  public static Bytes cloud(String cloudId) {
    return key('c', cloudId);
  }

  public static Range clouds() {
    return Range.of(key('c'));
  }

  public static Bytes once(Bytes hmac) {
    return key('u', hmac.hex());
  }

  public static Range onces() {
    return Range.of(key('u'));
  }

  /** The entry of a version in the order in which versions are to be destroyed. */
  public static Bytes due(long storedTime, String secretId, String versionId) {
    return key('d', hex(storedTime), secretId, versionId);
  }

  public static Range allDue() {
    return Range.of(key('d'));
  }

  public static Bytes changesFloor() {
    return key('l');
  }

  /**
   * A change. No two of one call's are of one secret and version by one action.
   *
   * @param requestId makes it another than that of any other call
   * @param versionId empty if it is about none
   */
  public static Bytes change(
      Instant at,
      String requestId,
      String folderId,
      String secretId,
      String action,
      String versionId) {
    return key('e', hex(StoredTime.of(at)), requestId, folderId, secretId, action, versionId);
  }

  /** All changes, in the order of their times. */
  public static Range changes() {
    return Range.of(key('e'));
  }

  public static boolean isChange(Bytes key) {
    return key.at(0) == 'e';
  }

  public static Instant timeOfChange(Bytes change) {
    return StoredTime.instant(unhex(part(change, 0)));
  }

  public static String folderOfChange(Bytes change) {
    return part(change, 2);
  }

  public static Bytes folder(String folderId) {
    return key('f', folderId);
  }

  public static Range folders() {
    return Range.of(key('f'));
  }

  public static Bytes founding() {
    return key('g');
  }

  public static Bytes home(String secretId) {
    return key('h', secretId);
  }

  /** All secrets, whatever folder they are in. */
  public static Range homes() {
    return Range.of(key('h'));
  }

  public static boolean isHome(Bytes key) {
    return key.at(0) == 'h';
  }

  public static boolean isSecret(Bytes key) {
    return key.at(0) == 's';
  }

  /** The folder in the key of a secret. */
  public static String folderOf(Bytes secret) {
    int start = 2;
    int end = start;
    while (secret.at(end) != 0) {
      end++;
    }
    return new String(secret.shared(), start, end - start, StandardCharsets.UTF_8);
  }

  public static Bytes serviceAccount(String accountId) {
    return key('i', accountId);
  }

  public static Range serviceAccounts() {
    return Range.of(key('i'));
  }

  public static Bytes authorizedKey(String keyId) {
    return key('j', keyId);
  }

  public static Range authorizedKeys() {
    return Range.of(key('j'));
  }

  /** The entry of an authorized key among those of its account. */
  public static Bytes authorizedKeyOf(String accountId, String keyId) {
    return key('y', "account-key", accountId, keyId);
  }

  public static Range authorizedKeysOf(String accountId) {
    return Range.of(key('y', "account-key", accountId));
  }

  public static Bytes apiKey(String keyId) {
    return key('y', "api-key", keyId);
  }

  /** The entry of an API key among those of its account. */
  public static Bytes apiKeyOf(String accountId, String keyId) {
    return key('y', "account-api-key", accountId, keyId);
  }

  public static Range apiKeysOf(String accountId) {
    return Range.of(key('y', "account-api-key", accountId));
  }

  public static Bytes federation(String folderId, String federationId) {
    return key('y', "federation", folderId, federationId);
  }

  public static Range federations(String folderId) {
    return Range.of(key('y', "federation", folderId));
  }

  public static Bytes federationHome(String federationId) {
    return key('y', "federation-home", federationId);
  }

  public static Bytes federatedCredential(String credentialId) {
    return key('y', "federated-credential", credentialId);
  }

  /** The entry of a federated credential among those of its account. */
  public static Bytes federatedCredentialOf(String accountId, String credentialId) {
    return key('y', "account-credential", accountId, credentialId);
  }

  public static Range federatedCredentialsOf(String accountId) {
    return Range.of(key('y', "account-credential", accountId));
  }

  /** The entry of a federated credential among those that refer to its federation. */
  public static Bytes credentialOfFederation(
      String federationId, String accountId, String credentialId) {
    return key('y', "federation-credential", federationId, accountId, credentialId);
  }

  public static Range credentialsOfFederation(String federationId) {
    return Range.of(key('y', "federation-credential", federationId));
  }

  /** That every authorized key has its {@link #authorizedKeyOf}. */
  public static Bytes authorizedKeysComplete() {
    return key('y', "account-keys-complete");
  }

  public static Bytes dataKey(String resourceId, String versionId) {
    return key('k', resourceId, versionId);
  }

  /**
   * The entry of the name index for a name.
   *
   * @param hmac of the name in lower case, under the index key: names are not for a disk's reader
   */
  public static Bytes name(String folderId, Bytes hmac) {
    return key('n', folderId, hmac.hex());
  }

  /** That every secret which needs one has its {@link #repeatableName}. */
  public static Bytes repeatableNamesComplete() {
    return key('m');
  }

  /** The entry of a secret in the index of names that may repeat; the name as it is. */
  public static Bytes repeatableName(String folderId, Bytes hmac, String secretId) {
    return key('m', folderId, hmac.hex(), secretId);
  }

  /** Of all secrets of a name, where names may repeat. */
  public static Range repeatableNames(String folderId, Bytes hmac) {
    return Range.of(key('m', folderId, hmac.hex()));
  }

  public static Bytes operation(String operationId) {
    return key('o', operationId);
  }

  public static Range operations() {
    return Range.of(key('o'));
  }

  /** The entry of an operation among those on its resource; later ones sort before it. */
  public static Bytes operationOn(String resourceId, long storedTime, String operationId) {
    return key('q', resourceId, hex(Long.MAX_VALUE - storedTime), operationId);
  }

  public static Range operationsOn(String resourceId) {
    return Range.of(key('q', resourceId));
  }

  public static Bytes payload(String secretId, String versionId) {
    return key('p', secretId, versionId);
  }

  public static Bytes revokedToken(Bytes tokenId) {
    return key('r', tokenId.hex());
  }

  public static Range revokedTokens() {
    return Range.of(key('r'));
  }

  public static Bytes secret(String folderId, String secretId) {
    return key('s', folderId, secretId);
  }

  public static Range secrets(String folderId) {
    return Range.of(key('s', folderId));
  }

  public static Bytes certificateAuthority() {
    return key('t', "ca");
  }

  public static Bytes version(String secretId, String versionId) {
    return key('v', secretId, versionId);
  }

  public static Range versions(String secretId) {
    return Range.of(key('v', secretId));
  }

  /** The entry of a version whose deleted data key or material may still be on the disk. */
  public static Bytes unshredded(String resourceId, String versionId) {
    return key('x', resourceId, versionId);
  }

  public static Range allUnshredded() {
    return Range.of(key('x'));
  }

  public static Bytes deletedKey(String keyId) {
    return key('y', "deleted", keyId);
  }

  /** The entry of something to do; what is to be done earlier sorts before it. */
  public static Bytes dueWork(Instant at, String kind, String resourceId, String versionId) {
    return key('y', "due", hex(StoredTime.of(at)), kind, resourceId, versionId);
  }

  public static Instant timeOfDueWork(Bytes due) {
    return StoredTime.instant(unhex(part(due, 1)));
  }

  public static String kindOfDueWork(Bytes due) {
    return part(due, 2);
  }

  public static String resourceOfDueWork(Bytes due) {
    return part(due, 3);
  }

  public static Range allDueWork() {
    return Range.of(key('y', "due"));
  }

  public static Bytes group(String groupId) {
    return key('y', "group", groupId);
  }

  public static Range groups() {
    return Range.of(key('y', "group"));
  }

  /** The entry of a subject among the members of a group. */
  public static Bytes memberOfGroup(String groupId, Subject member) {
    return key('y', "group-member", groupId, member.type().wireName(), member.id());
  }

  public static Range membersOfGroup(String groupId) {
    return Range.of(key('y', "group-member", groupId));
  }

  /** The entry of a group among those that a subject is in. */
  public static Bytes groupOfMember(Subject member, String groupId) {
    return key('y', "member-of", member.type().wireName(), member.id(), groupId);
  }

  public static Range groupsOfMember(Subject member) {
    return Range.of(key('y', "member-of", member.type().wireName(), member.id()));
  }

  public static Bytes userAccount(String accountId) {
    return key('y', "user", accountId);
  }

  public static Range userAccounts() {
    return Range.of(key('y', "user"));
  }

  /** A folder that was deleted. */
  public static Bytes goneFolder(String folderId) {
    return key('y', "gone-folder", folderId);
  }

  public static Bytes keyHome(String keyId) {
    return key('y', "home", keyId);
  }

  public static Bytes symmetricKey(String folderId, String keyId) {
    return key('y', "key", folderId, keyId);
  }

  public static Range symmetricKeys(String folderId) {
    return Range.of(key('y', "key", folderId));
  }

  public static Bytes keyVersion(String keyId, String versionId) {
    return key('y', "version", keyId, versionId);
  }

  public static Range keyVersions(String keyId) {
    return Range.of(key('y', "version", keyId));
  }

  /** Those of {@link #secrets} whose id begins with {@code idPrefix}. */
  public static Range secretsWithIdPrefix(String folderId, String idPrefix) {
    Bytes prefix = key('s', folderId, idPrefix);
    return Range.of(prefix.slice(0, prefix.length() - 1));
  }

  /** The time in the key of a {@link #due} entry. */
  public static long dueTime(Bytes due) {
    return unhex(lastPart(due.slice(0, 2 + HEX_LONG + 1)));
  }

  /** The part before the last one of a key. */
  public static String lastPartButOne(Bytes key) {
    return lastPart(key.slice(0, startOfLastPart(key)));
  }

  /** The part of that number, the first is 0. */
  private static String part(Bytes key, int number) {
    int start = 2;
    for (int i = 0; i < number; i++) {
      start = end(key, start) + 1;
    }
    return new String(key.shared(), start, end(key, start) - start, StandardCharsets.UTF_8);
  }

  private static int end(Bytes key, int start) {
    int end = start;
    while (key.at(end) != 0) {
      end++;
    }
    return end;
  }

  /** The last part of a key: of a secret's key, its id. */
  public static String lastPart(Bytes key) {
    int start = startOfLastPart(key);
    return new String(key.shared(), start, key.length() - 1 - start, StandardCharsets.UTF_8);
  }

  private static int startOfLastPart(Bytes key) {
    int start = key.length() - 1;
    while (key.at(start - 1) != 0) {
      start--;
    }
    return start;
  }

  /** All keys that begin with a prefix: {@code from <= key < to}. */
  public record Range(Bytes from, Bytes to) {
    static Range of(Bytes prefix) {
      byte[] to = prefix.toByteArray();
      // A prefix ends with 0x00 or with a part's character, never with 0xff.
      to[to.length - 1]++;
      return new Range(prefix, Bytes.takeOver(to));
    }

    /** What comes after {@code key} in this range. */
    public Range after(Bytes key) {
      return new Range(key.plus(Bytes.copyOf((byte) 0)), to);
    }
  }

  private static String hex(long number) {
    String digits = Long.toHexString(number);
    return "0".repeat(HEX_LONG - digits.length()) + digits;
  }

  private static long unhex(String digits) {
    return Long.parseUnsignedLong(digits, 16);
  }

  private static Bytes key(char kind, String... parts) {
    byte[][] encoded = new byte[parts.length][];
    int length = 2;
    for (int i = 0; i < parts.length; i++) {
      if (parts[i].indexOf('\0') >= 0) {
        throw new AssertionError("key part holds a NUL");
      }
      encoded[i] = parts[i].getBytes(StandardCharsets.UTF_8);
      length += encoded[i].length + 1;
    }
    byte[] key = Arrays.copyOf(new byte[] {(byte) kind}, length);
    int at = 2;
    for (byte[] part : encoded) {
      System.arraycopy(part, 0, key, at, part.length);
      at += part.length + 1;
    }
    return Bytes.takeOver(key);
  }
}
