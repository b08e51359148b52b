package io.coffer.core.access;

import io.coffer.core.Keyspace;
import io.coffer.core.Subject;
import io.coffer.core.folder.Folder;
import io.coffer.core.folder.Folders;
import io.coffer.engine.ReadTx;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The system's group of all accounts of an organization, {@code
 * system:group:organization:ID:users}. Nobody lists them: an account is in it for as long as it is
 * there. The organization is the cloud that the account is in.
 */
final class OrganizationUsers {
  private static final Pattern FORM = Pattern.compile("group:organization:([0-9a-z]{1,50}):users");

  private OrganizationUsers() {}

  /** The organization, if {@code subject} is all accounts of one. */
  static Optional<String> organizationOf(Subject subject) {
    Matcher form = FORM.matcher(subject.id());
    return subject.type() == Subject.Type.SYSTEM && form.matches()
        ? Optional.of(form.group(1))
        : Optional.empty();
  }

  /** The organization that the caller's account is in; what is no account is in none. */
  static Optional<String> organizationOfAccount(ReadTx tx, Subject caller) {
    return switch (caller.type()) {
      case SERVICE_ACCOUNT ->
          tx.get(Keyspace.serviceAccount(caller.id()))
              .flatMap(row -> Folders.find(tx, HomeCodec.folderOfServiceAccount(row.value())))
              .map(Folder::cloudId);
      case USER_ACCOUNT ->
          tx.get(Keyspace.userAccount(caller.id()))
              .map(row -> HomeCodec.organizationOfUserAccount(row.value()));
      case FEDERATED_USER, CERTIFICATE, GROUP, SYSTEM -> Optional.empty();
    };
  }
}
