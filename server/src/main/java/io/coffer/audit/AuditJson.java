package io.coffer.audit;

import coffer.stored.AuditDetail;
import coffer.stored.AuditRecord;
import coffer.stored.AuditResource;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.coffer.core.StoredTime;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/** A record as a line of JSON, its members named as in the audit events of Lockbox. */
public final class AuditJson {
  private static final JsonFactory JSON = new JsonFactory();

  private AuditJson() {}

  /** Without an end of line. */
  public static String line(AuditRecord record) {
    StringWriter line = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(line)) {
      json.writeStartObject();
      json.writeStringField("event_type", record.getEventType());
      json.writeStringField("event_time", StoredTime.instant(record.getEventTime()).toString());
      json.writeStringField("event_status", record.getStatus());
      authentication(json, record);
      json.writeObjectFieldStart("authorization");
      json.writeBooleanField("authorized", record.getAuthorized());
      json.writeEndObject();
      json.writeObjectFieldStart("resource_metadata");
      json.writeArrayFieldStart("path");
      for (AuditResource resource : record.getPathList()) {
        json.writeStartObject();
        json.writeStringField("resource_type", resource.getType());
        json.writeStringField("resource_id", resource.getId());
        if (!resource.getName().isEmpty()) {
          json.writeStringField("resource_name", resource.getName());
        }
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
      json.writeObjectFieldStart("request_metadata");
      json.writeStringField("remote_address", record.getRemoteAddress());
      json.writeStringField("user_agent", record.getUserAgent());
      json.writeStringField("request_id", record.getRequestId());
      json.writeEndObject();
      details(json, record);
      if (record.getLeftOut() > 0) {
        json.writeNumberField("refusals_left_out", record.getLeftOut());
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return line.toString();
  }

  private static void authentication(JsonGenerator json, AuditRecord record) throws IOException {
    json.writeObjectFieldStart("authentication");
    json.writeBooleanField("authenticated", !record.getVia().equals("nothing"));
    json.writeStringField("subject_type", record.getSubjectType());
    json.writeStringField("subject_id", record.getSubjectId());
    if (!record.getSubjectName().isEmpty()) {
      json.writeStringField("subject_name", record.getSubjectName());
    }
    json.writeStringField("via", record.getVia());
    json.writeEndObject();
  }

  private static void details(JsonGenerator json, AuditRecord record) throws IOException {
    json.writeObjectFieldStart("details");
    for (AuditDetail detail : record.getDetailsList()) {
      if (detail.getMany()) {
        json.writeArrayFieldStart(detail.getName());
        for (String value : detail.getValuesList()) {
          json.writeString(value);
        }
        json.writeEndArray();
      } else {
        json.writeStringField(detail.getName(), detail.getValues(0));
      }
    }
    json.writeEndObject();
  }
}
