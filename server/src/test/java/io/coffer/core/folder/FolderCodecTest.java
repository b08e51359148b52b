package io.coffer.core.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.Bytes;
import io.coffer.engine.EngineException;
import io.coffer.testing.Golden;
import io.coffer.testing.Nouns;
import io.coffer.testing.Seeds;
import org.junit.jupiter.api.Test;

final class FolderCodecTest {
  @Seeds
  void aFolderComesBackAsItWas(long seed) {
    Folder noun = new Nouns(seed).folder();
    assertThat(FolderCodec.folder(FolderCodec.encode(noun))).isEqualTo(noun);
  }

  @Test
  void yesterdaysFolderIsReadAndWrittenAsItWas() {
    Folder noun = new Nouns(2030).folder();
    assertThat(FolderCodec.encode(noun).hex()).isEqualTo(Golden.text("core/folder.hex"));
    assertThat(FolderCodec.folder(Golden.bytes("core/folder.hex"))).isEqualTo(noun);
  }

  @Test
  void whatIsNoRowIsCorrupt() {
    Bytes garbage = Bytes.ofHex("ffffff");
    assertThatThrownBy(() -> FolderCodec.folder(garbage))
        .isInstanceOf(EngineException.Corrupt.class);
  }
}
