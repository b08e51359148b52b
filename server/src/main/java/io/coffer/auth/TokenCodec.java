package io.coffer.auth;

import coffer.stored.TokenBody;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.coffer.Bytes;
import io.coffer.core.StoredTime;
import io.coffer.core.Subject;
import java.util.Optional;

/** What an IAM token says, as bytes. */
final class TokenCodec {
  private TokenCodec() {}

  static Bytes encode(IamTokens.Claims claims, byte[] id) {
    return Bytes.takeOver(
        TokenBody.newBuilder()
            .setSubjectType(claims.subject().type().name())
            .setSubjectId(claims.subject().id())
            .setSubjectName(claims.name())
            .setIssuedAt(StoredTime.of(claims.issuedAt()))
            .setExpiresAt(StoredTime.of(claims.expiresAt()))
            .setId(ByteString.copyFrom(id))
            .setKeyId(claims.keyId())
            .build()
            .toByteArray());
  }

  /** Empty if the bytes are no such claims. */
  static Optional<IamTokens.Verified> decode(Bytes bytes) {
    try {
      TokenBody body = TokenBody.parseFrom(bytes.shared());
      return Optional.of(
          new IamTokens.Verified(
              new IamTokens.Claims(
                  new Subject(Subject.Type.valueOf(body.getSubjectType()), body.getSubjectId()),
                  body.getSubjectName(),
                  StoredTime.instant(body.getIssuedAt()),
                  StoredTime.instant(body.getExpiresAt()),
                  body.getKeyId()),
              Bytes.takeOver(body.getId().toByteArray())));
    } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
