package io.coffer.conformance.flows;

import com.google.protobuf.Empty;
import io.coffer.wire.access.AccessBinding;
import io.coffer.wire.access.AccessBindingAction;
import io.coffer.wire.access.AccessBindingDelta;
import io.coffer.wire.access.ListAccessBindingsRequest;
import io.coffer.wire.access.ListAccessBindingsResponse;
import io.coffer.wire.access.SetAccessBindingsMetadata;
import io.coffer.wire.access.SetAccessBindingsRequest;
import io.coffer.wire.access.Subject;
import io.coffer.wire.access.UpdateAccessBindingsMetadata;
import io.coffer.wire.access.UpdateAccessBindingsRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The resources {@code yandex_lockbox_secret_iam_binding}, which has all members of a role, and
 * {@code yandex_lockbox_secret_iam_member}, which has one. Members are {@code TYPE:ID}.
 */
final class TerraformAccess {
  private static final int PAGE = 1000;

  private final TerraformProvider provider;
  private final String secretId;

  TerraformAccess(TerraformProvider provider, String secretId) {
    this.provider = provider;
    this.secretId = secretId;
  }

  /** Lists, adds the members to those that are there, sets the full list, waits, lists. */
  List<String> createBinding(String role, String... members) {
    List<AccessBinding> all = new ArrayList<>(list());
    Stream.of(members)
        .map(member -> binding(role, member))
        .filter(each -> !all.contains(each))
        .forEach(all::add);
    return set(role, all);
  }

  /** Lists, has the role's members replaced, sets the full list, waits, lists. */
  List<String> updateBinding(String role, String... members) {
    List<AccessBinding> all = new ArrayList<>(list());
    all.removeIf(each -> each.getRoleId().equals(role));
    Stream.of(members).map(member -> binding(role, member)).forEach(all::add);
    return set(role, all);
  }

  private List<String> set(String role, List<AccessBinding> all) {
    provider.await(
        provider
            .secrets()
            .setAccessBindings(
                SetAccessBindingsRequest.newBuilder()
                    .setResourceId(secretId)
                    .addAllAccessBindings(all)
                    .build()),
        SetAccessBindingsMetadata.class,
        Empty.class);
    return members(role);
  }

  /** UpdateAccessBindings with one delta, wait, list. */
  List<String> changeMember(AccessBindingAction action, String role, String member) {
    provider.await(
        provider
            .secrets()
            .updateAccessBindings(
                UpdateAccessBindingsRequest.newBuilder()
                    .setResourceId(secretId)
                    .addAccessBindingDeltas(
                        AccessBindingDelta.newBuilder()
                            .setAction(action)
                            .setAccessBinding(binding(role, member)))
                    .build()),
        UpdateAccessBindingsMetadata.class,
        Empty.class);
    return members(role);
  }

  /** A refresh, which is also an import: who has the role. */
  List<String> members(String role) {
    return list().stream()
        .filter(each -> each.getRoleId().equals(role))
        .map(each -> each.getSubject().getType() + ":" + each.getSubject().getId())
        .toList();
  }

  private List<AccessBinding> list() {
    List<AccessBinding> all = new ArrayList<>();
    String token = "";
    do {
      ListAccessBindingsResponse page =
          provider
              .secrets()
              .listAccessBindings(
                  ListAccessBindingsRequest.newBuilder()
                      .setResourceId(secretId)
                      .setPageSize(PAGE)
                      .setPageToken(token)
                      .build());
      all.addAll(page.getAccessBindingsList());
      token = page.getNextPageToken();
    } while (!token.isEmpty());
    return all;
  }

  private static AccessBinding binding(String role, String member) {
    int colon = member.indexOf(':');
    return AccessBinding.newBuilder()
        .setRoleId(role)
        .setSubject(
            Subject.newBuilder()
                .setType(member.substring(0, colon))
                .setId(member.substring(colon + 1)))
        .build();
  }
}
