package io.coffer.crypto;

import io.coffer.Bytes;
import io.coffer.SecretBytes;
import io.coffer.crypto.Aead.Place;
import io.coffer.crypto.Aead.Purpose;
import io.coffer.engine.Engine;
import java.time.Instant;

class SecrecyTest extends SecrecyContract {
  private static final Bytes ROW = Bytes.utf8("s/one");

  @Override
  protected void tryAll() {
    Keyring keyring = Keyring.fresh(FORESEEN, Instant.EPOCH);
    say(keyring);
    say(new CurrentKeyring(keyring));
    say(keyring.terms().getFirst());
    say(keyring.indexKey());
    say(new Place(Purpose.STORED_VALUE, ROW));
    say(new EntryPlace("secret", "version", "entry", EntryPlace.Kind.TEXT));
    try (SecretBytes record = keyring.encode()) {
      say(record);
    }
    try (SecretBytes key = SecretBytes.takeOver(FORESEEN.bytes(XAes.KEY_LENGTH))) {
      say(XAes.of(key));
      say(Hmac.sha256(key));
    }
    try (DataKey key = new DataKeys(keyring, FORESEEN).fresh(ROW)) {
      say(key);
    }
    TenantKeys tenantKeys = new TenantKeys(keyring, FORESEEN);
    try (SecretBytes drawn = tenantKeys.draw();
        TenantKey key =
            tenantKeys.unwrap(tenantKeys.wrap(TenantKey.Algorithm.AES_256, drawn, ROW), ROW)) {
      say(drawn);
      say(key);
      say(
          new TenantCiphertext(
              "key", "version", key.seal(drawn, new Place(Purpose.DATA_KEY, ROW))));
      say(new TenantCiphertext.Part("key", 1));
    }
    try (RsaKeys keys = RsaKeys.generate(RsaKeys.Algorithm.RSA_2048)) {
      say(keys, keys.privatePem());
    }
    sayEngine(keyring);
  }

  private void sayEngine(Keyring keyring) {
    say(new SealedRows(keyring));
    try (Engine engine = new SealedEngine(new TestEngine(), keyring)) {
      say(engine);
      engine
          .write(tx -> {
            say(tx);
            tx.put(ROW, Bytes.utf8("ZZZZZZZZ"));
            say(tx.scan(ROW, Bytes.ofHex("ff"), 1));
            return ROW;
          })
          .toCompletableFuture()
          .join();
      engine.read(tx -> {
        say(tx);
        return ROW;
      });
    }
  }
}
