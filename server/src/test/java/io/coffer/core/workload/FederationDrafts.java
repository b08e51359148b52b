package io.coffer.core.workload;

import static io.coffer.testing.SimWorld.await;

import io.coffer.core.workload.UpdateFederation.Field;
import io.coffer.testing.SimWorld;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Federations as tests want them. */
public final class FederationDrafts {
  public static final String ISSUER = "https://token.actions.githubusercontent.com";
  public static final String AUDIENCE = "https://coffer.example.com";
  public static final String JWKS = ISSUER + "/.well-known/jwks";

  private FederationDrafts() {}

  public static CreateFederation federation(String folderId, String name) {
    return federation(folderId, name, ISSUER, JWKS);
  }

  public static CreateFederation federation(
      String folderId, String name, String issuer, String jwksUrl) {
    return new CreateFederation(
        folderId,
        name,
        "",
        false,
        List.of(AUDIENCE, "other"),
        issuer,
        JwksUrl.parse(jwksUrl),
        new TreeMap<>());
  }

  /** The id of one in the folder {@code default}. */
  public static String made(SimWorld world, String name) {
    return made(world, name, ISSUER, JWKS);
  }

  public static String made(SimWorld world, String name, String issuer, String jwksUrl) {
    return await(
            world
                .federations()
                .create(world.admin(), federation(world.folder().id(), name, issuer, jwksUrl)))
        .resourceId();
  }

  public static UpdateFederation disabled(String federationId, boolean disabled) {
    return update(federationId, Field.DISABLED, "", disabled);
  }

  public static UpdateFederation rename(String federationId, String name) {
    return update(federationId, Field.NAME, name, false);
  }

  public static UpdateFederation move(String federationId, String jwksUrl) {
    return new UpdateFederation(
        federationId,
        Set.of(Field.JWKS_URL),
        "",
        "",
        false,
        List.of(),
        Optional.of(JwksUrl.parse(jwksUrl)),
        new TreeMap<>());
  }

  private static UpdateFederation update(
      String federationId, Field field, String name, boolean disabled) {
    return new UpdateFederation(
        federationId,
        Set.of(field),
        name,
        "",
        disabled,
        List.of(),
        Optional.empty(),
        new TreeMap<>());
  }
}
