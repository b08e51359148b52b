package io.coffer.yandexsdk;

import com.google.protobuf.Empty;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.MessageOrBuilder;
import com.google.protobuf.TypeRegistry;
import com.google.protobuf.util.JsonFormat;
import io.grpc.ClientInterceptor;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import yandex.cloud.api.access.Access;
import yandex.cloud.api.access.Access.ListAccessBindingsRequest;
import yandex.cloud.api.access.Access.SetAccessBindingsRequest;
import yandex.cloud.api.access.Access.UpdateAccessBindingsRequest;
import yandex.cloud.api.lockbox.v1.PayloadServiceGrpc;
import yandex.cloud.api.lockbox.v1.PayloadServiceGrpc.PayloadServiceBlockingStub;
import yandex.cloud.api.lockbox.v1.PayloadServiceOuterClass.GetExRequest;
import yandex.cloud.api.lockbox.v1.PayloadServiceOuterClass.GetPayloadRequest;
import yandex.cloud.api.lockbox.v1.SecretOuterClass;
import yandex.cloud.api.lockbox.v1.SecretServiceGrpc;
import yandex.cloud.api.lockbox.v1.SecretServiceGrpc.SecretServiceBlockingStub;
import yandex.cloud.api.lockbox.v1.SecretServiceOuterClass;
import yandex.cloud.api.lockbox.v1.SecretServiceOuterClass.ActivateSecretRequest;
import yandex.cloud.api.lockbox.v1.SecretServiceOuterClass.AddVersionRequest;
import yandex.cloud.api.lockbox.v1.SecretServiceOuterClass.CancelVersionDestructionRequest;
import yandex.cloud.api.lockbox.v1.SecretServiceOuterClass.CreateSecretRequest;
import yandex.cloud.api.lockbox.v1.SecretServiceOuterClass.DeactivateSecretRequest;
import yandex.cloud.api.lockbox.v1.SecretServiceOuterClass.DeleteSecretRequest;
import yandex.cloud.api.lockbox.v1.SecretServiceOuterClass.GetSecretRequest;
import yandex.cloud.api.lockbox.v1.SecretServiceOuterClass.ListSecretOperationsRequest;
import yandex.cloud.api.lockbox.v1.SecretServiceOuterClass.ListSecretsRequest;
import yandex.cloud.api.lockbox.v1.SecretServiceOuterClass.ListVersionsRequest;
import yandex.cloud.api.lockbox.v1.SecretServiceOuterClass.ScheduleVersionDestructionRequest;
import yandex.cloud.api.lockbox.v1.SecretServiceOuterClass.UpdateSecretRequest;
import yandex.cloud.api.operation.OperationOuterClass.Operation;
import yandex.cloud.api.operation.OperationServiceGrpc;
import yandex.cloud.api.operation.OperationServiceGrpc.OperationServiceBlockingStub;
import yandex.cloud.sdk.ServiceFactory;
import yandex.cloud.sdk.auth.Auth;
import yandex.cloud.sdk.auth.provider.CredentialProvider;
import yandex.cloud.sdk.utils.OperationTimeoutException;
import yandex.cloud.sdk.utils.OperationUtils;

/** The calls of an application, as the SDK's documentation shows them, in the API's JSON form. */
final class SdkClient {
  private static final String API_KEY = "Api-Key ";
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final JsonFormat.Printer PRINTER =
      JsonFormat.printer()
          .omittingInsignificantWhitespace()
          .usingTypeRegistry(
              TypeRegistry.newBuilder()
                  .add(SecretServiceOuterClass.getDescriptor().getMessageTypes())
                  .add(SecretOuterClass.getDescriptor().getMessageTypes())
                  .add(Access.getDescriptor().getMessageTypes())
                  .add(Empty.getDescriptor())
                  .build());

  private final SecretServiceBlockingStub secrets;
  private final PayloadServiceBlockingStub payloads;
  private final OperationServiceBlockingStub operations;

  private SdkClient(ServiceFactory factory, ClientInterceptor[] more) {
    this.secrets =
        factory
            .create(SecretServiceBlockingStub.class, SecretServiceGrpc::newBlockingStub)
            .withInterceptors(more);
    this.payloads =
        factory
            .create(PayloadServiceBlockingStub.class, PayloadServiceGrpc::newBlockingStub)
            .withInterceptors(more);
    this.operations =
        factory
            .create(OperationServiceBlockingStub.class, OperationServiceGrpc::newBlockingStub)
            .withInterceptors(more);
  }

  /**
   * Asks {@code endpoint} where the services are.
   *
   * @param credential the path of an authorized key, which is used to log in there, or an IAM
   *     token, or {@code Api-Key} and an API key
   */
  static SdkClient connect(String endpoint, String credential) {
    ServiceFactory.ServiceFactoryBuilder factory =
        ServiceFactory.builder().endpoint(endpoint).requestTimeout(PATIENCE);
    return credential.startsWith(API_KEY)
        ? new SdkClient(factory.build(), new ClientInterceptor[] {authorization(credential)})
        : new SdkClient(
            factory.credentialProvider(login(endpoint, credential)).build(),
            new ClientInterceptor[0]);
  }

  /**
   * The SDK has no provider for API keys; this is how an application adds a header to its stubs.
   */
  private static ClientInterceptor authorization(String value) {
    Metadata headers = new Metadata();
    headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), value);
    return MetadataUtils.newAttachHeadersInterceptor(headers);
  }

  private static CredentialProvider login(String endpoint, String credential) {
    Path keyFile = Path.of(credential);
    if (!Files.exists(keyFile)) {
      return Auth.iamTokenBuilder().token(credential).build();
    }
    var login = Auth.apiKeyBuilder().fromFile(keyFile).cloudIAMEndpoint(endpoint).build();
    // Left to the first call, the SDK logs in on its network thread, and may wait for that thread.
    login.get();
    return login;
  }

  /** The answer to one call; of a change, the operation when it is done. */
  String answer(String verb, String request)
      throws InvalidProtocolBufferException, InterruptedException {
    return switch (verb) {
      case "get" -> print(secrets.get(read(request, GetSecretRequest.newBuilder()).build()));
      case "list" -> print(secrets.list(read(request, ListSecretsRequest.newBuilder()).build()));
      case "listVersions" ->
          print(secrets.listVersions(read(request, ListVersionsRequest.newBuilder()).build()));
      case "listOperations" ->
          print(
              secrets.listOperations(
                  read(request, ListSecretOperationsRequest.newBuilder()).build()));
      case "listAccessBindings" ->
          print(
              secrets.listAccessBindings(
                  read(request, ListAccessBindingsRequest.newBuilder()).build()));
      case "payload" -> print(payloads.get(read(request, GetPayloadRequest.newBuilder()).build()));
      case "getEx" -> print(payloads.getEx(read(request, GetExRequest.newBuilder()).build()));
      default -> print(done(change(verb, request)));
    };
  }

  private Operation change(String verb, String request) throws InvalidProtocolBufferException {
    return switch (verb) {
      case "create" -> secrets.create(read(request, CreateSecretRequest.newBuilder()).build());
      case "update" -> secrets.update(read(request, UpdateSecretRequest.newBuilder()).build());
      case "delete" -> secrets.delete(read(request, DeleteSecretRequest.newBuilder()).build());
      case "activate" ->
          secrets.activate(read(request, ActivateSecretRequest.newBuilder()).build());
      case "deactivate" ->
          secrets.deactivate(read(request, DeactivateSecretRequest.newBuilder()).build());
      case "addVersion" ->
          secrets.addVersion(read(request, AddVersionRequest.newBuilder()).build());
      case "scheduleVersionDestruction" ->
          secrets.scheduleVersionDestruction(
              read(request, ScheduleVersionDestructionRequest.newBuilder()).build());
      case "cancelVersionDestruction" ->
          secrets.cancelVersionDestruction(
              read(request, CancelVersionDestructionRequest.newBuilder()).build());
      case "setAccessBindings" ->
          secrets.setAccessBindings(read(request, SetAccessBindingsRequest.newBuilder()).build());
      case "updateAccessBindings" ->
          secrets.updateAccessBindings(
              read(request, UpdateAccessBindingsRequest.newBuilder()).build());
      default -> throw new IllegalArgumentException("unknown verb " + verb);
    };
  }

  private Operation done(Operation started) throws InterruptedException {
    try {
      return OperationUtils.wait(operations, started, PATIENCE);
    } catch (OperationTimeoutException e) {
      throw new AssertionError("the operation does not end", e);
    }
  }

  private static <B extends Message.Builder> B read(String json, B builder)
      throws InvalidProtocolBufferException {
    JsonFormat.parser().merge(json, builder);
    return builder;
  }

  private static String print(MessageOrBuilder message) throws InvalidProtocolBufferException {
    return PRINTER.print(message);
  }
}
