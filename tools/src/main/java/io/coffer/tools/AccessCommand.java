package io.coffer.tools;

import io.coffer.server.Mistakes;
import io.coffer.wire.access.AccessBinding;
import io.coffer.wire.access.AccessBindingAction;
import io.coffer.wire.access.AccessBindingDelta;
import io.coffer.wire.access.ListAccessBindingsResponse;
import io.coffer.wire.access.Subject;
import io.coffer.wire.access.UpdateAccessBindingsRequest;
import io.coffer.wire.coffer.v1.ExplainAccessRequest;
import io.coffer.wire.coffer.v1.ExplainAccessResponse;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code coffer access}: who has which role where. */
@Command(
    name = "access",
    description = {
      "Gives roles on the local server, takes them, lists who has which, and explains what they",
      "come to."
    },
    footer = {
      "",
      "SUBJECT is TYPE:ID: certificate:CN=alice,O=team, serviceAccount:aje…, userAccount:…,",
      "system:allAuthenticatedUsers. RESOURCE is folder:NAME, folder:ID, cloud:NAME, cloud:ID or",
      "secret:ID, key:ID or account:ID; a role counts on it and on what is in it."
    },
    mixinStandardHelpOptions = true)
final class AccessCommand {
  private static final int PAGE = 1000;
  private static final int DENIED = 1;

  @Command(
      name = "grant",
      description = "Gives a role; it counts from the next call on.",
      mixinStandardHelpOptions = true)
  int grant(
      @Mixin DataDirOption directory,
      @Parameters(paramLabel = "SUBJECT", description = "to whom") String subject,
      @Parameters(paramLabel = "ROLE", description = "as lockbox.editor") String role,
      @Parameters(paramLabel = "RESOURCE", description = "on what") String resource) {
    return change(AccessBindingAction.ADD, directory, subject, role, resource);
  }

  @Command(
      name = "revoke",
      description = "Takes a role; it ends with the next call.",
      mixinStandardHelpOptions = true)
  int revoke(
      @Mixin DataDirOption directory,
      @Parameters(paramLabel = "SUBJECT", description = "from whom") String subject,
      @Parameters(paramLabel = "ROLE", description = "as lockbox.editor") String role,
      @Parameters(paramLabel = "RESOURCE", description = "on what") String resource) {
    return change(AccessBindingAction.REMOVE, directory, subject, role, resource);
  }

  @Command(
      name = "list",
      description = "Prints ROLE and SUBJECT of every binding of a resource, a line each.",
      mixinStandardHelpOptions = true)
  int list(
      @Mixin DataDirOption directory,
      @Parameters(paramLabel = "RESOURCE", description = "of what") String resource) {
    Api api = Api.login(directory.connections());
    bindings(api, Resources.path(api, resource))
        .forEach(binding ->
            System.out.println(
                binding.getRoleId()
                    + " "
                    + binding.getSubject().getType()
                    + ":"
                    + binding.getSubject().getId()));
    return 0;
  }

  @Command(
      name = "explain",
      description = {
        "Says which binding allows SUBJECT a call, or why none does.",
        "Ends with 0 if it is allowed, with 1 if it is not."
      },
      footer = {
        "",
        "SUBJECT may also be apiKey:ID: its account, as far as its scopes let it. VERB is a method,",
        "as lockbox.Payload.Get or SecretService.Create, or docker.secret.inspect and its like.",
        "RESOURCE is what the verb is asked on, or what holds it; of secrets an id will do."
      },
      mixinStandardHelpOptions = true)
  int explain(
      @Mixin DataDirOption directory,
      @Parameters(paramLabel = "SUBJECT", description = "who") String subject,
      @Parameters(paramLabel = "VERB", description = "what he calls") String verb,
      @Parameters(paramLabel = "RESOURCE", description = "on what") String resource) {
    Api api = Api.login(directory.connections());
    ExplainAccessResponse answer =
        api.post(
                "/coffer/v1/access:explain",
                ExplainAccessRequest.newBuilder()
                    .setSubject(subject)
                    .setVerb(verb)
                    .setResource(Resources.named(api, resource))
                    .build(),
                ExplainAccessResponse.newBuilder())
            .build();
    Explained.sentences(answer).forEach(System.out::println);
    return answer.getAllowed() ? 0 : DENIED;
  }

  private static List<AccessBinding> bindings(Api api, String resource) {
    String path = resource + ":listAccessBindings?pageSize=" + PAGE;
    List<AccessBinding> all = new ArrayList<>();
    String token = "";
    do {
      ListAccessBindingsResponse page =
          api.get(
                  path + (token.isEmpty() ? "" : "&pageToken=" + token),
                  ListAccessBindingsResponse.newBuilder())
              .build();
      all.addAll(page.getAccessBindingsList());
      token = page.getNextPageToken();
    } while (!token.isEmpty());
    return all;
  }

  private static int change(
      AccessBindingAction action,
      DataDirOption directory,
      String subject,
      String role,
      String resource) {
    AccessBinding binding =
        AccessBinding.newBuilder().setRoleId(role).setSubject(subject(subject)).build();
    Api api = Api.login(directory.connections());
    String path = Resources.path(api, resource);
    List<AccessBinding> before =
        action == AccessBindingAction.REMOVE ? bindings(api, path) : List.of();
    api.post(
        path + ":updateAccessBindings",
        UpdateAccessBindingsRequest.newBuilder()
            .addAccessBindingDeltas(
                AccessBindingDelta.newBuilder().setAction(action).setAccessBinding(binding))
            .build());
    if (action == AccessBindingAction.REMOVE && bindings(api, path).equals(before)) {
      // Whoever mistypes a subject must not believe that it has lost its role.
      throw new Mistakes(List.of("nothing was taken: SUBJECT has no such ROLE on RESOURCE itself"));
    }
    return 0;
  }

  private static Subject subject(String text) {
    int colon = text.indexOf(':');
    if (colon <= 0 || colon == text.length() - 1) {
      throw new Mistakes(List.of("SUBJECT: must be TYPE:ID, as certificate:CN=alice,O=team"));
    }
    return Subject.newBuilder()
        .setType(text.substring(0, colon))
        .setId(text.substring(colon + 1))
        .build();
  }
}
