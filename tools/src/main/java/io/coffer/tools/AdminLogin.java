package io.coffer.tools;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.coffer.server.ConnectFile;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;

/** Logs in as any client with an authorized key file does: a signed JWT for an IAM token. */
final class AdminLogin {
  private static final Duration LIFE = Duration.ofMinutes(5);
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final JsonFactory JSON = new JsonFactory();

  private AdminLogin() {}

  /**
   * A fresh token of the administrator.
   *
   * @param connections as in {@link ConnectFile}
   */
  static String token(Map<String, String> connections) {
    String url = require(connections, ConnectFile.URL) + "/iam/v1/tokens";
    Path keyFile = Path.of(require(connections, ConnectFile.KEY_FILE));
    Path ca = Path.of(require(connections, ConnectFile.CA_CERTIFICATE));
    try {
      String body = "{\"jwt\":\"" + jwt(members(Files.readString(keyFile)), url) + "\"}";
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(url))
              .timeout(TIMEOUT)
              .header("Content-Type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofString(body))
              .build();
      HttpResponse<String> answer = send(request, ca);
      Map<String, String> members = members(answer.body());
      if (answer.statusCode() != 200 || !members.containsKey("iamToken")) {
        throw new ClientTrouble(
            "the server refused the login: " + members.getOrDefault("message", "no reason given"));
      }
      return members.get("iamToken");
    } catch (SSLException e) {
      throw new ClientTrouble(
          "what answers at "
              + url
              + " has no certificate of this server's authority for that name");
    } catch (NoSuchFileException e) {
      throw new ClientTrouble(
          "the administrator's key file "
              + keyFile
              + " is not there; if the seal was moved, move it there from beside the old one");
    } catch (IOException e) {
      throw new ClientTrouble("no server answers at " + url + ": " + e.getClass().getSimpleName());
    } catch (GeneralSecurityException | JOSEException e) {
      throw new ClientTrouble("the administrator's key file " + keyFile + " is not as it was made");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClientTrouble("interrupted");
    }
  }

  static HttpResponse<String> send(HttpRequest request, Path ca)
      throws IOException, InterruptedException, GeneralSecurityException {
    try (HttpClient client =
        HttpClient.newBuilder().connectTimeout(TIMEOUT).sslContext(trusting(ca)).build()) {
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
  }

  private static String jwt(Map<String, String> key, String audience)
      throws GeneralSecurityException, JOSEException {
    Instant now = Instant.now();
    SignedJWT jwt =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.PS256).keyID(require(key, "id")).build(),
            new JWTClaimsSet.Builder()
                .issuer(require(key, "service_account_id"))
                .audience(audience)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(LIFE)))
                .build());
    jwt.sign(new RSASSASigner(privateKey(require(key, "private_key"))));
    return jwt.serialize();
  }

  /** The PEM block; what stands before it is for people. */
  private static PrivateKey privateKey(String text) throws GeneralSecurityException {
    int begin = text.indexOf("-----BEGIN PRIVATE KEY-----");
    int end = text.indexOf("-----END PRIVATE KEY-----");
    if (begin < 0 || end < begin) {
      throw new GeneralSecurityException("no private key");
    }
    String base64 = text.substring(begin + "-----BEGIN PRIVATE KEY-----".length(), end);
    byte[] der = Base64.getMimeDecoder().decode(base64);
    return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(der));
  }

  static SSLContext trusting(Path ca) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    try (InputStream in = Files.newInputStream(ca)) {
      store.setCertificateEntry(
          "ca", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  /** The members of a flat JSON object, as texts. */
  static Map<String, String> members(String json) throws IOException {
    Map<String, String> members = new HashMap<>();
    try (JsonParser parser = JSON.createParser(json)) {
      while (parser.nextToken() != null) {
        if (parser.currentToken() == JsonToken.FIELD_NAME) {
          String name = parser.currentName();
          JsonToken value = parser.nextToken();
          if (value != null && value.isScalarValue()) {
            members.putIfAbsent(name, parser.getText());
          }
        }
      }
    }
    return members;
  }

  static String require(Map<String, String> values, String name) {
    String value = values.get(name);
    if (value == null) {
      throw new ClientTrouble("what is needed to connect lacks " + name);
    }
    return value;
  }
}
