package io.coffer.api.rpc;

import com.linecorp.armeria.common.QueryParams;
import com.linecorp.armeria.common.RequestHeaders;

/** What a request over REST says beyond its message: more fields of the query, and conditions. */
public final class RestAsked {
  private final RequestHeaders headers;
  private final QueryParams query;

  RestAsked(RequestHeaders headers, QueryParams query) {
    this.headers = headers;
    this.query = query;
  }

  RequestHeaders headers() {
    return headers;
  }

  /** The field of the query; the last, if there are several; empty if there is none. */
  public String query(String name) {
    var all = query.getAll(name);
    return all.isEmpty() ? "" : all.getLast();
  }

  /** As {@link #query(String)}, for a field that has two spellings. */
  public String query(String name, String other) {
    String given = query(name);
    return given.isEmpty() ? query(other) : given;
  }

  /** The header; empty if there is none. */
  public String header(String name) {
    return headers.get(name, "");
  }

  /** Whether the client says that it has what {@code etag} names. */
  public boolean has(String etag) {
    for (String line : headers.getAll("if-none-match")) {
      for (String tag : line.split(",", -1)) {
        String strong = tag.strip();
        if (strong.equals("*")
            || (strong.startsWith("W/") ? strong.substring(2) : strong).equals(etag)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Whether it says that it has anything. */
  public boolean isConditional() {
    return headers.contains("if-none-match");
  }
}
