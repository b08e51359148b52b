package io.coffer.core.access;

import coffer.stored.ServiceAccountRow;
import coffer.stored.UserAccountRow;
import com.google.protobuf.InvalidProtocolBufferException;
import io.coffer.Bytes;
import io.coffer.engine.EngineException;

/** Where accounts are, read out of their rows: to decide takes no more of them. */
final class HomeCodec {
  private HomeCodec() {}

  static String folderOfServiceAccount(Bytes value) {
    try {
      return ServiceAccountRow.parseFrom(value.shared()).getFolderId();
    } catch (InvalidProtocolBufferException e) {
      throw new EngineException.Corrupt("a service account does not decode", e);
    }
  }

  static String organizationOfUserAccount(Bytes value) {
    try {
      return UserAccountRow.parseFrom(value.shared()).getOrganizationId();
    } catch (InvalidProtocolBufferException e) {
      throw new EngineException.Corrupt("a user account does not decode", e);
    }
  }
}
