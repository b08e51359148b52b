package io.coffer.crypto;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.Bytes;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RsaKeysTest {
  @Test
  void whatThePrivateKeySignsThePublicKeyVerifies() throws Exception {
    try (RsaKeys keys = RsaKeys.generate(RsaKeys.Algorithm.RSA_2048)) {
      byte[] privateDer = keys.privatePem().lend(text -> Pem.decode(Pem.PRIVATE_KEY, text));
      byte[] publicDer = Pem.decode(Pem.PUBLIC_KEY, keys.publicPem().getBytes(US_ASCII));
      KeyFactory rsa = KeyFactory.getInstance("RSA");
      PrivateKey privateKey = rsa.generatePrivate(new PKCS8EncodedKeySpec(privateDer));
      PublicKey publicKey = rsa.generatePublic(new X509EncodedKeySpec(publicDer));
      byte[] message = {1, 2, 3};

      Signature signing = Signature.getInstance("SHA256withRSA");
      signing.initSign(privateKey);
      signing.update(message);
      byte[] signature = signing.sign();

      Signature verifying = Signature.getInstance("SHA256withRSA");
      verifying.initVerify(publicKey);
      verifying.update(message);
      assertThat(verifying.verify(signature)).isTrue();
      assertThat(((RSAPublicKey) publicKey).getModulus().bitLength()).isEqualTo(2048);
    }
  }

  @Test
  void pemIsInTheShapeThatOthersRead() {
    try (RsaKeys keys = RsaKeys.generate(RsaKeys.Algorithm.RSA_2048)) {
      assertThat(keys.publicPem())
          .matches(
              "-----BEGIN PUBLIC KEY-----\n([A-Za-z0-9+/=]{1,64}\n)+-----END PUBLIC KEY-----\n");
      String privatePem = keys.privatePem().lend(text -> new String(text, US_ASCII));
      assertThat(privatePem)
          .matches(
              "-----BEGIN PRIVATE KEY-----\n([A-Za-z0-9+/=]{1,64}\n)+-----END PRIVATE KEY-----\n");
    }
  }

  @Test
  void aClosedPairHasNoPrivateKeyLeft() {
    byte[] seen;
    try (RsaKeys keys = RsaKeys.generate(RsaKeys.Algorithm.RSA_2048)) {
      seen = keys.privatePem().lend(text -> text);
      assertThat(seen).startsWith('-', '-');
    }

    assertThat(seen).containsOnly(0);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 47, 48, 49, 1000})
  void anyContentComesBackFromPem(int length) {
    byte[] content = new SeededEntropy(length).bytes(length);

    assertThat(Pem.decode(Pem.CERTIFICATE, Pem.encode(Pem.CERTIFICATE, content)))
        .isEqualTo(content);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-----BEGIN CERTIFICATE-----\n",
        "-----END CERTIFICATE-----\n-----BEGIN CERTIFICATE-----\n",
        "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n",
        "-----BEGIN CERTIFICATE-----\nA\n-----END CERTIFICATE-----\n"
      })
  void whatIsNoPemIsRefused(String text) {
    byte[] bytes = Bytes.utf8(text).toByteArray();

    assertThatThrownBy(() -> Pem.decode(Pem.CERTIFICATE, bytes))
        .isInstanceOf(TamperedException.class)
        .hasMessage("not PEM of a CERTIFICATE");
  }
}
