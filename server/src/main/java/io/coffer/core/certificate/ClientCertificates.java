package io.coffer.core.certificate;

import io.coffer.Problem;
import io.coffer.core.Action;
import io.coffer.core.Call;
import io.coffer.core.Event;
import io.coffer.core.Verbs;
import io.coffer.core.Witness;
import io.coffer.core.access.Access;
import io.coffer.core.access.Permission;
import io.coffer.core.access.Resource;
import io.coffer.core.folder.Cloud;
import io.coffer.core.folder.Folders;
import io.coffer.crypto.tls.CertificateAuthority;
import io.coffer.crypto.tls.CertificateRequest;
import io.coffer.crypto.tls.ClientCertificate;
import io.coffer.engine.Committed;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/**
 * Gives certificates to clients. They are not stored and cannot be taken back before they expire:
 * what can be taken back, with the next call, is the roles of their subject.
 */
public final class ClientCertificates {
  public static final int DAYS_DEFAULT = 90;
  public static final int DAYS_MAX = 825;

  private final Verbs verbs;
  private final Witness witness;
  private final CertificateAuthority authority;
  private final String cloudId;

  /**
   * Of one authority.
   *
   * @param cloudId whose administrators may have certificates made, for any subject
   */
  public ClientCertificates(
      Verbs verbs, Witness witness, CertificateAuthority authority, String cloudId) {
    this.verbs = verbs;
    this.witness = witness;
    this.authority = authority;
    this.cloudId = cloudId;
  }

  /**
   * Signs what {@code request} asks for.
   *
   * @param days 1 to {@link #DAYS_MAX}; 0 means {@link #DAYS_DEFAULT}
   */
  public CompletionStage<ClientCertificate> create(
      Call call, CertificateRequest request, int days) {
    if (days < 0 || days > DAYS_MAX) {
      throw new Problem.Invalid("days", "must be 1 to 825").asException();
    }
    Event event =
        Event.of(
            Action.CREATE_CLIENT_CERTIFICATE, Event.word("subject", request.subject().value()));
    // Drawn outside the body, as it has a serial number; thrown away if the caller may not have it.
    ClientCertificate issued =
        authority.issue(request, call.at(), Duration.ofDays(days == 0 ? DAYS_DEFAULT : days));
    return verbs
        .write(
            call,
            event,
            tx -> {
              Cloud cloud = Folders.requireCloud(tx, cloudId);
              Access.require(tx, call, Permission.CLIENT_CERTIFICATES_CREATE, Resource.of(cloud));
              witness.saw(
                  tx,
                  call,
                  event
                      .with(Event.word("serial", issued.serial()))
                      .with(Event.word("not_after", issued.notAfter().toString())));
              return issued;
            })
        .thenApply(Committed::value);
  }
}
