package io.coffer.conformance.clients;

import java.util.List;
import java.util.Map;

/** What every library of this package can do with secrets. Refusals are {@link Refused}. */
interface SecretsClient extends AutoCloseable {
  /** Creates a secret and returns its id. */
  String create(String name, String data, Map<String, String> labels);

  /** The names of the secrets that pass every filter; the words of one are alternatives. */
  List<String> names(Map<String, List<String>> filters);

  void remove(String id);

  @Override
  void close();
}
