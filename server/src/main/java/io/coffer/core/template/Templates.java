package io.coffer.core.template;

import java.util.Map;

/** A parsed template and those it defines. */
record Templates(Node.Sequence root, Map<String, Node.Sequence> defined) {
  Templates {
    defined = Map.copyOf(defined);
  }
}
