package io.coffer.api.certificate;

import io.coffer.api.rpc.Rpc;
import io.coffer.api.rpc.Service;
import io.coffer.api.rpc.WireTime;
import io.coffer.core.Call;
import io.coffer.core.certificate.ClientCertificates;
import io.coffer.crypto.tls.CertificateRequest;
import io.coffer.wire.coffer.v1.ClientCertificate;
import io.coffer.wire.coffer.v1.ClientCertificateServiceGrpc;
import io.coffer.wire.coffer.v1.CreateClientCertificateRequest;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** {@code coffer.v1.ClientCertificateService}. */
public final class ClientCertificateService implements Service {
  private final ClientCertificates certificates;
  private final String authorityPem;

  /**
   * Of one authority.
   *
   * @param authorityPem what clients are to trust
   */
  public ClientCertificateService(ClientCertificates certificates, String authorityPem) {
    this.certificates = certificates;
    this.authorityPem = authorityPem;
  }

  @Override
  public List<Rpc<?, ?>> rpcs() {
    return List.of(Rpc.of(ClientCertificateServiceGrpc.getCreateMethod(), this::create));
  }

  private CompletionStage<ClientCertificate> create(
      Call call, CreateClientCertificateRequest request) {
    return certificates
        .create(
            call,
            CertificateRequest.parse(request.getCertificateRequest()),
            Math.toIntExact(request.getDays()))
        .thenApply(this::render);
  }

  private ClientCertificate render(io.coffer.crypto.tls.ClientCertificate issued) {
    return ClientCertificate.newBuilder()
        .setSubject(issued.subject().value())
        .setSerial(issued.serial())
        .setNotAfter(WireTime.millis(issued.notAfter()))
        .setCertificate(issued.pem())
        .setAuthority(authorityPem)
        .build();
  }
}
