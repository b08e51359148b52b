package io.coffer.tools;

import io.coffer.CofferException;
import io.coffer.crypto.tls.CertificateRequest;
import io.coffer.crypto.tls.SubjectName;
import io.coffer.server.ConnectFile;
import io.coffer.server.Mistakes;
import io.coffer.server.OwnerFile;
import io.coffer.wire.coffer.v1.ClientCertificate;
import io.coffer.wire.coffer.v1.CreateClientCertificateRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code coffer client-certificate}: what {@code docker --tlsverify} shows. The key stays here. */
@Command(
    name = "client-certificate",
    description = {
      "Makes a key and has the local server sign a certificate for it. Writes ca.pem, cert.pem and"
          + " key.pem, as DOCKER_CERT_PATH and docker context create want them.",
      "Its subject may do nothing until it is given a role: coffer access grant."
    },
    mixinStandardHelpOptions = true)
final class ClientCertificateCommand implements Callable<Integer> {
  private static final Pattern SIMPLE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@-]*");
  private static final int DAYS_MAX = 825;

  @Mixin private final DataDirOption directory = new DataDirOption();

  @Parameters(
      paramLabel = "NAME",
      description = "a name, as alice, or a whole subject, as CN=alice,O=team")
  private String name = "";

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "where to, by default a new directory called NAME")
  private @Nullable Path out;

  @Option(
      names = "--days",
      paramLabel = "N",
      description = "how long it is valid, 1 to 825 (default: ${DEFAULT-VALUE})")
  private int days = 90;

  @Override
  public Integer call() {
    SubjectName subject = subject();
    Path folder = folder();
    if (days < 1 || days > DAYS_MAX) {
      throw new Mistakes(List.of("--days: must be 1 to 825"));
    }
    Path key = folder.resolve("key.pem");
    if (Files.exists(key)) {
      throw new Mistakes(List.of("--out: " + key + " is there; a key is not overwritten"));
    }
    Map<String, String> connections = directory.connections();
    try (CertificateRequest.Draft draft = CertificateRequest.draft(subject)) {
      ClientCertificate issued =
          Api.login(connections)
              .post(
                  "/coffer/v1/clientCertificates",
                  CreateClientCertificateRequest.newBuilder()
                      .setCertificateRequest(draft.pem())
                      .setDays(days)
                      .build(),
                  ClientCertificate.newBuilder())
              .build();
      OwnerFile.write(folder.resolve("ca.pem"), issued.getAuthority());
      OwnerFile.write(folder.resolve("cert.pem"), issued.getCertificate());
      OwnerFile.write(key, draft.keyPem());
      tell(issued, folder, connections);
    }
    return 0;
  }

  private SubjectName subject() {
    try {
      return SubjectName.parse(SIMPLE.matcher(name).matches() ? "CN=" + name : name);
    } catch (CofferException e) {
      throw new Mistakes(
          List.of(
              "NAME: must be a name, as alice, or a subject of at most 100 characters, as"
                  + " CN=alice,O=team"));
    }
  }

  private Path folder() {
    if (out != null) {
      return out.toAbsolutePath().normalize();
    }
    if (!SIMPLE.matcher(name).matches()) {
      throw new Mistakes(List.of("--out: must be given for a whole subject"));
    }
    return Path.of(name).toAbsolutePath().normalize();
  }

  /** The first line is what access bindings call it. */
  private static void tell(ClientCertificate issued, Path folder, Map<String, String> connections) {
    Instant until = Instant.ofEpochSecond(issued.getNotAfter().getSeconds());
    System.out.println("certificate:" + issued.getSubject());
    System.err.println("coffer: " + folder + " is valid until " + until);
    if (!connections.containsKey(ConnectFile.DOCKER_TLS_HOST)) {
      System.err.println("coffer: the server has no door for it: it wants --docker-listen");
    }
  }
}
