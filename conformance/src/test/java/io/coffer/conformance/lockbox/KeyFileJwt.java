package io.coffer.conformance.lockbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.PSSParameterSpec;
import java.time.Instant;
import java.util.Base64;

/**
 * A login JWT made from an authorized key file with nothing but the platform's own cryptography, so
 * that it shares no code with what it is shown to.
 */
public final class KeyFileJwt {
  private static final int LIFE_SECONDS = 3600;
  private static final int SALT_LENGTH = 32;

  private KeyFileJwt() {}

  /** For the audience that most clients give. */
  static String sign(Path keyFile, Instant now) {
    return sign(keyFile, "\"https://iam.api.cloud.yandex.net/iam/v1/tokens\"", now);
  }

  /** For {@code audience}, which is JSON: a text, or a list of some as in Go and Java. */
  public static String sign(Path keyFile, String audience, Instant now) {
    try {
      JsonNode key = new ObjectMapper().readTree(keyFile.toFile());
      String header =
          "{\"typ\":\"JWT\",\"alg\":\"PS256\",\"kid\":\"%s\"}".formatted(key.get("id").textValue());
      String claims =
          "{\"iss\":\"%s\",\"aud\":%s,\"iat\":%d,\"exp\":%d}"
              .formatted(
                  key.get("service_account_id").textValue(),
                  audience,
                  now.getEpochSecond(),
                  now.getEpochSecond() + LIFE_SECONDS);
      String signed = base64(header) + "." + base64(claims);
      Signature signature = Signature.getInstance("RSASSA-PSS");
      signature.setParameter(
          new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, SALT_LENGTH, 1));
      signature.initSign(privateKey(key.get("private_key").textValue()));
      signature.update(signed.getBytes(StandardCharsets.US_ASCII));
      return signed
          + "."
          + Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new AssertionError("the key file is not one", e);
    }
  }

  private static PrivateKey privateKey(String text) throws GeneralSecurityException {
    String begin = "-----BEGIN PRIVATE KEY-----";
    String base64 = text.substring(text.indexOf(begin) + begin.length(), text.indexOf("-----END"));
    return KeyFactory.getInstance("RSA")
        .generatePrivate(new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(base64)));
  }

  private static String base64(String json) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }
}
