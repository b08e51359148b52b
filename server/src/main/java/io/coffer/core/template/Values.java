package io.coffer.core.template;

import io.coffer.core.template.Value.Field;
import io.coffer.core.template.Value.Label;
import io.coffer.core.template.Value.Labels;
import io.coffer.core.template.Value.Structure;
import java.util.List;

/** A context as the value that {@code .} is, with the types swarm gives it. */
final class Values {
  private Values() {}

  static Value of(Context context) {
    Value service =
        struct(
            "struct { ID string; Name string; Labels map[string]string }",
            text("ID", context.service().id()),
            text("Name", context.service().name()),
            new Field("Labels", labels(context.service())));
    Value platform =
        struct(
            "template.Platform",
            text("Architecture", context.node().architecture()),
            text("OS", context.node().os()));
    Value node =
        struct(
            "struct { ID string; Hostname string; Platform template.Platform }",
            text("ID", context.node().id()),
            text("Hostname", context.node().hostname()),
            new Field("Platform", platform));
    Value task =
        struct(
            "struct { ID string; Name string; Slot string }",
            text("ID", context.task().id()),
            text("Name", context.task().name()),
            text("Slot", context.task().slot()));
    return new Structure(
        "template.PayloadContext",
        true,
        List.of(new Field("Service", service), new Field("Node", node), new Field("Task", task)));
  }

  private static Value struct(String type, Field... fields) {
    return new Structure(type, false, List.of(fields));
  }

  private static Field text(String name, String value) {
    return new Field(name, Text.of(value));
  }

  private static Labels labels(Context.Service service) {
    return new Labels(
        service.labels().entrySet().stream()
            .map(entry -> new Label(Text.of(entry.getKey()), Text.of(entry.getValue())))
            .sorted((a, b) -> a.key().compareTo(b.key()))
            .toList());
  }
}
