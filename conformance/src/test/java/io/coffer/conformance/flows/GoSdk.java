package io.coffer.conformance.flows;

import io.coffer.conformance.lockbox.KeyFileJwt;
import io.coffer.wire.endpoint.ApiEndpoint;
import io.coffer.wire.endpoint.ApiEndpointServiceGrpc;
import io.coffer.wire.endpoint.ListApiEndpointsRequest;
import io.coffer.wire.iam.v1.CreateIamTokenRequest;
import io.coffer.wire.iam.v1.CreateIamTokenResponse;
import io.coffer.wire.iam.v1.IamTokenServiceGrpc;
import io.grpc.Channel;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** What the Go SDK does before anything else, whoever uses it. */
final class GoSdk {
  private static final int DISCOVERY_PAGE = 100;
  private static final String AUDIENCE = "[\"https://iam.api.cloud.yandex.net/iam/v1/tokens\"]";

  private GoSdk() {}

  /** Where the services are, by their ids; asked without a token. */
  @SuppressWarnings("deprecation") // It asks for a page of a list that has none.
  static Map<String, String> addresses(Channel endpoint) {
    Map<String, String> addresses = new HashMap<>();
    for (ApiEndpoint each :
        ApiEndpointServiceGrpc.newBlockingStub(endpoint)
            .list(ListApiEndpointsRequest.newBuilder().setPageSize(DISCOVERY_PAGE).build())
            .getEndpointsList()) {
      if (addresses.put(each.getId(), each.getAddress()) != null) {
        throw new AssertionError("twice: " + each.getId());
      }
    }
    return addresses;
  }

  /** The address of one service. */
  static String address(Map<String, String> addresses, String id) {
    String address = addresses.get(id);
    if (address == null) {
      throw new AssertionError("Service \"" + id + "\" is not available at Cloud API endpoint");
    }
    return address;
  }

  /** A token for the key of {@code keyFile}, whose audience is a list. */
  static CreateIamTokenResponse login(Channel iam, Path keyFile) {
    return IamTokenServiceGrpc.newBlockingStub(iam)
        .create(
            CreateIamTokenRequest.newBuilder()
                .setJwt(KeyFileJwt.sign(keyFile, AUDIENCE, Instant.now()))
                .build());
  }
}
