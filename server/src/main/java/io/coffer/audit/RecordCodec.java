package io.coffer.audit;

import coffer.stored.AuditDetail;
import coffer.stored.AuditRecord;
import coffer.stored.AuditResource;
import io.coffer.Bytes;
import io.coffer.Problem;
import io.coffer.core.Call;
import io.coffer.core.Caller;
import io.coffer.core.Event;
import io.coffer.core.StoredTime;
import java.util.List;

/** An event and who caused it, as one record of the trail. */
final class RecordCodec {
  static final String DONE = "DONE";

  /** Names and ids are shorter; what a stranger asks for need not be. */
  static final int WORD_MAX = 1024;

  private RecordCodec() {}

  static Bytes done(Call call, Event event) {
    return encode(record(call, event).setAuthorized(true).setStatus(DONE));
  }

  /**
   * @param leftOut earlier refusals that no record tells of
   */
  static Bytes refused(Call call, Event event, Problem problem, long leftOut) {
    return encode(
        record(call, event)
            .setAuthorized(false)
            .setStatus(problem.getClass().getSimpleName())
            .setLeftOut(leftOut));
  }

  private static Bytes encode(AuditRecord.Builder record) {
    return Bytes.takeOver(record.build().toByteArray());
  }

  private static AuditRecord.Builder record(Call call, Event event) {
    Caller caller = call.caller();
    AuditRecord.Builder record =
        AuditRecord.newBuilder()
            .setEventType(type(call.door(), event))
            .setEventTime(StoredTime.of(call.at()))
            .setRequestId(call.requestId())
            .setRemoteAddress(call.remoteAddress())
            .setUserAgent(call.userAgent())
            .setSubjectType(caller.subject().type().name())
            .setSubjectId(caller.subject().id())
            .setSubjectName(caller.name())
            .setVia(caller.via().wireName());
    for (Event.Place place : event.path()) {
      record.addPath(
          AuditResource.newBuilder().setType(place.type()).setId(place.id()).setName(place.name()));
    }
    for (Event.Detail detail : event.details()) {
      record.addDetails(
          switch (detail) {
            case Event.Detail.Word(var name, var value) ->
                AuditDetail.newBuilder().setName(name).addAllValues(List.of(cut(value)));
            case Event.Detail.Words(var name, var values) ->
                AuditDetail.newBuilder().setName(name).addAllValues(values).setMany(true);
          });
    }
    return record;
  }

  private static String cut(String word) {
    return word.length() > WORD_MAX ? word.substring(0, WORD_MAX) : word;
  }

  private static String type(Call.Door door, Event event) {
    String name = event.action().eventName();
    return switch (door) {
      case LOCKBOX ->
          event.action().service().equals("server")
              ? "io.coffer.audit.server." + name // Nothing that Yandex Cloud has.
              : "yandex.cloud.audit." + event.action().service() + "." + name;
      case DOCKER -> "io.coffer.audit.docker." + name;
      case SERVER -> "io.coffer.audit.server." + name;
    };
  }
}
