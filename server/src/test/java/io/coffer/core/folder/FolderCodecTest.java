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

  @Seeds
  void allOfAFolderAndACloudComesBackAsItWas(long seed) {
    Folder folder = new Nouns(seed).fullFolder();
    assertThat(Folder.decode(folder.encode())).isEqualTo(folder);
    Cloud cloud = new Nouns(seed).cloud();
    assertThat(Cloud.decode(cloud.encode())).isEqualTo(cloud);
  }

  @Test
  void yesterdaysDescribedFolderAndCloudAreReadAndWrittenAsTheyWere() {
    Folder folder = new Nouns(2030).fullFolder();
    assertThat(FolderCodec.encode(folder).hex()).isEqualTo(Golden.text("core/folder-full.hex"));
    assertThat(FolderCodec.folder(Golden.bytes("core/folder-full.hex"))).isEqualTo(folder);
    Cloud cloud = new Nouns(2030).cloud();
    assertThat(FolderCodec.encode(cloud).hex()).isEqualTo(Golden.text("core/cloud.hex"));
    assertThat(FolderCodec.cloud(Golden.bytes("core/cloud.hex"))).isEqualTo(cloud);
  }

  @Test
  void whatIsNoRowIsCorrupt() {
    assertThatThrownBy(() -> FolderCodec.cloud(Bytes.ofHex("ffffff")))
        .isInstanceOf(EngineException.Corrupt.class);
    Bytes garbage = Bytes.ofHex("ffffff");
    assertThatThrownBy(() -> FolderCodec.folder(garbage))
        .isInstanceOf(EngineException.Corrupt.class);
  }
}
