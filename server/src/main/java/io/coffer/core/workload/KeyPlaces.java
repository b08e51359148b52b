package io.coffer.core.workload;

/** Which places this server takes keys of issuers from. Owned by the verbs. */
@FunctionalInterface
public interface KeyPlaces {
  /** Whether it may; what a name will resolve to is looked at when the keys are fetched. */
  boolean allow(JwksUrl url);
}
