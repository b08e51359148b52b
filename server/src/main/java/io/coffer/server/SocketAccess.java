package io.coffer.server;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Who may open a Unix socket, besides root: its mode, and its group if not the server's own. */
public record SocketAccess(Set<PosixFilePermission> mode, Optional<GroupPrincipal> group) {
  private static final Pattern OCTAL = Pattern.compile("0?[0-7]{3}");
  private static final Set<PosixFilePermission> OWNER =
      PosixFilePermissions.fromString("rw-------");

  /** What a group is named for, if nobody says otherwise. */
  private static final Set<PosixFilePermission> OWNER_AND_GROUP =
      PosixFilePermissions.fromString("rw-rw----");

  public SocketAccess {
    mode = Set.copyOf(mode);
  }

  static SocketAccess of(Optional<Set<PosixFilePermission>> mode, Optional<GroupPrincipal> group) {
    return new SocketAccess(mode.orElse(group.isPresent() ? OWNER_AND_GROUP : OWNER), group);
  }

  /** Reads {@code 0660}; throws {@link IllegalArgumentException} with the rule that is broken. */
  static Set<PosixFilePermission> mode(String text) {
    if (!OCTAL.matcher(text).matches()) {
      throw new IllegalArgumentException("must be three octal digits, as 0660");
    }
    int bits = Integer.parseInt(text, 8);
    StringBuilder letters = new StringBuilder();
    for (int shift = 8; shift >= 0; shift--) {
      letters.append((bits >> shift & 1) == 0 ? '-' : "xwr".charAt(shift % 3));
    }
    return PosixFilePermissions.fromString(letters.toString());
  }

  /** The group of that name on this machine. */
  static GroupPrincipal group(String name) {
    try {
      return FileSystems.getDefault()
          .getUserPrincipalLookupService()
          .lookupPrincipalByGroupName(name);
    } catch (UserPrincipalNotFoundException e) {
      throw new IllegalArgumentException("there is no such group on this machine");
    } catch (IOException e) {
      throw new IllegalArgumentException("groups cannot be looked up on this machine");
    }
  }
}
