package io.coffer.core.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.Bytes;
import io.coffer.core.Subject;
import io.coffer.engine.EngineException;
import io.coffer.testing.Golden;
import io.coffer.testing.Nouns;
import io.coffer.testing.Seeds;
import java.util.List;
import org.junit.jupiter.api.Test;

final class BindingsCodecTest {
  @Seeds
  void aListComesBackAsItWas(long seed) {
    List<AccessBinding> noun = new Nouns(seed).bindings();
    assertThat(BindingsCodec.decode(BindingsCodec.encode(noun))).isEqualTo(noun);
  }

  @Test
  void yesterdaysListIsReadAndWrittenAsItWas() {
    List<AccessBinding> noun = new Nouns(2030).bindings();
    assertThat(BindingsCodec.encode(noun).hex()).isEqualTo(Golden.text("core/bindings.hex"));
    assertThat(BindingsCodec.decode(Golden.bytes("core/bindings.hex"))).isEqualTo(noun);
  }

  @Test
  void whatIsNoRowIsCorrupt() {
    Bytes garbage = Bytes.ofHex("ffffff");
    assertThatThrownBy(() -> BindingsCodec.decode(garbage))
        .isInstanceOf(EngineException.Corrupt.class);
  }

  @Test
  void aRoleOrASubjectTypeThatNobodyKnowsIsCorrupt() {
    Bytes role = Bytes.ofHex("0a0a0a056f776e65721a0161");
    Bytes type = Bytes.ofHex("0a0f0a0561646d696e12036d616e1a0161");
    assertThatThrownBy(() -> BindingsCodec.decode(role)).hasMessage("a binding of an unknown role");
    assertThatThrownBy(() -> BindingsCodec.decode(type))
        .hasMessage("a binding of an unknown subject type");
  }

  @Test
  void yesterdaysBindingOfACertificateIsReadAndWrittenAsItWas() {
    List<AccessBinding> noun =
        List.of(AccessBinding.of("resource-manager.viewer", "certificate", "CN=alice,O=team"));
    assertThat(BindingsCodec.encode(noun).hex())
        .isEqualTo(Golden.text("core/binding-of-certificate.hex"));
    assertThat(BindingsCodec.decode(Golden.bytes("core/binding-of-certificate.hex")))
        .isEqualTo(noun);
  }

  @Test
  void yesterdaysChangesAreReadAndWrittenAsTheyWere() {
    List<BindingDelta> noun =
        List.of(
            new BindingDelta(
                BindingDelta.Action.ADD, AccessBinding.of("viewer", "system", "allUsers")),
            new BindingDelta(
                BindingDelta.Action.REMOVE, AccessBinding.of("admin", "userAccount", "u1")));
    assertThat(BindingDelta.encode(noun).hex()).isEqualTo(Golden.text("core/binding-deltas.hex"));
    assertThat(BindingDelta.decode(Golden.bytes("core/binding-deltas.hex"))).isEqualTo(noun);
  }

  @Test
  void everyRoleAndEverySubjectTypeIsReadBack() {
    for (Role role : Role.values()) {
      for (Subject.Type type : Subject.Type.values()) {
        List<AccessBinding> noun = List.of(new AccessBinding(role, new Subject(type, "x")));
        assertThat(BindingsCodec.decode(BindingsCodec.encode(noun))).isEqualTo(noun);
      }
    }
  }
}
