package io.coffer.core.iam;

/** Lets subjects of a federation be an account. */
public record CreateFederatedCredential(
    String accountId, String federationId, SubjectRule subject) {}
