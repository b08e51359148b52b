package io.coffer.api.docker.wire;

import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a swarm asks a secret provider for, as far as it matters here. What was not sent is empty.
 *
 * @param secretName of the Docker secret
 * @param secretLabels of the Docker secret, ordered by {@link Utf8Order}
 */
public record DriverRequest(
    String secretName,
    SortedMap<String, String> secretLabels,
    String serviceId,
    String serviceName,
    SortedMap<String, String> serviceLabels,
    String taskId,
    String taskName,
    String nodeId) {
  public DriverRequest {
    secretLabels = Utf8Order.copyOf(secretLabels);
    serviceLabels = Utf8Order.copyOf(serviceLabels);
  }

  /**
   * Reads one as Go does: names whatever their case, unknown ones ignored.
   *
   * @throws DockerError if it is no JSON, or something is of another type
   */
  public static DriverRequest read(byte[] body) {
    JsonSyntax.end(body);
    JsonCursor cursor = new JsonCursor(body);
    JsonKind kind = cursor.peek();
    if (kind != JsonKind.OBJECT) {
      throw JsonErrors.rootType(kind, "drivers.SecretsProviderRequest");
    }
    Reader reader = new Reader();
    cursor.enter();
    while (cursor.more()) {
      reader.member(cursor);
    }
    return reader.request();
  }

  private static final class Reader {
    private static final String TYPE = "SecretsProviderRequest.";

    private final TreeMap<String, String> secretLabels = new TreeMap<>(Utf8Order.INSTANCE);
    private final TreeMap<String, String> serviceLabels = new TreeMap<>(Utf8Order.INSTANCE);
    private String secretName = "";
    private String serviceId = "";
    private String serviceName = "";
    private String taskId = "";
    private String taskName = "";
    private String nodeId = "";

    void member(JsonCursor cursor) {
      JsonString member = cursor.name();
      if (member.names("SECRETNAME")) {
        secretName = DriverReader.text(cursor, TYPE + "SecretName", secretName);
      } else if (member.names("SECRETLABELS")) {
        DriverReader.texts(cursor, TYPE + "SecretLabels", secretLabels);
      } else if (member.names("SERVICEID")) {
        serviceId = DriverReader.text(cursor, TYPE + "ServiceID", serviceId);
      } else if (member.names("SERVICENAME")) {
        serviceName = DriverReader.text(cursor, TYPE + "ServiceName", serviceName);
      } else if (member.names("SERVICELABELS")) {
        DriverReader.texts(cursor, TYPE + "ServiceLabels", serviceLabels);
      } else if (member.names("TASKID")) {
        taskId = DriverReader.text(cursor, TYPE + "TaskID", taskId);
      } else if (member.names("TASKNAME")) {
        taskName = DriverReader.text(cursor, TYPE + "TaskName", taskName);
      } else if (member.names("NODEID")) {
        nodeId = DriverReader.text(cursor, TYPE + "NodeID", nodeId);
      } else {
        cursor.skip();
      }
    }

    DriverRequest request() {
      return new DriverRequest(
          secretName,
          secretLabels,
          serviceId,
          serviceName,
          serviceLabels,
          taskId,
          taskName,
          nodeId);
    }
  }
}
