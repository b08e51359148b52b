package io.coffer.crypto.seal;

import io.coffer.SecretBytes;
import java.util.List;

/**
 * Whoever gives and takes what a seal keeps in no file. Each {@link SecretBytes} that is returned
 * is the caller's to close; each that is handed over, the lender's.
 */
public interface Custodian {
  /** The passphrase of a store that is there, in UTF-8. */
  SecretBytes passphrase();

  /** A passphrase for a seal about to be made; asked for twice where it is typed unseen. */
  SecretBytes newPassphrase();

  /**
   * One share, as text.
   *
   * @param given how many were given before
   * @param needed how many it takes
   */
  SecretBytes share(int given, int needed);

  /**
   * Takes the shares of a seal about to be made, as texts. It returns when they are out of our
   * hands: only then anything is made to need them, and they are shown to nobody again.
   */
  void take(List<SecretBytes> shares);

  /** Where there is nobody to ask: it throws {@link UnansweredException}. */
  Custodian NOBODY =
      new Custodian() {
        @Override
        public SecretBytes passphrase() {
          throw nobody();
        }

        @Override
        public SecretBytes newPassphrase() {
          throw nobody();
        }

        @Override
        public SecretBytes share(int given, int needed) {
          throw nobody();
        }

        @Override
        public void take(List<SecretBytes> shares) {
          throw nobody();
        }

        private UnansweredException nobody() {
          return new UnansweredException("this seal needs somebody to ask, and there is nobody");
        }
      };
}
