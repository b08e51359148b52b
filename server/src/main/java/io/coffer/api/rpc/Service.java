package io.coffer.api.rpc;

import java.util.List;

/** A published service: what one adapter answers. */
public interface Service {
  List<Rpc<?, ?>> rpcs();
}
