package io.coffer.crypto;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.coffer.Entropy;
import io.coffer.SecretBytes;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Whatever of a package says something of itself, it is no key. Keys made of {@link #FORESEEN} are
 * known in every spelling a careless {@code toString} could choose.
 */
public abstract class SecrecyContract {
  /** Every key it draws is so many letters Z. */
  protected static final Entropy FORESEEN = target -> Arrays.fill(target, (byte) 'Z');

  private static final List<String> SPELLINGS =
      List.of("ZZZ", "5a5a5a", "5A5A5A", "WlpaWlpa", "90, 90");

  private final Set<Class<?>> tried = new HashSet<>();

  /** Shows one of each class of this package to {@link #say}. */
  protected abstract void tryAll() throws Exception;

  protected final void say(Object any) {
    say(any, SPELLINGS);
  }

  /** As {@link #say(Object)}, for a key that nobody can foresee. */
  protected final void say(Object any, SecretBytes pem) {
    String text = pem.lend(bytes -> new String(bytes, US_ASCII));
    // A line from within the key: the first one is the same in all keys of a kind.
    say(any, List.of(text.lines().skip(2).findFirst().orElseThrow()));
  }

  private void say(Object any, List<String> unsayable) {
    tried.add(any.getClass());
    assertThat(any.toString()).doesNotContain(unsayable);
  }

  @Test
  void nothingPrintsAKey() throws Exception {
    tryAll();

    String here = getClass().getPackageName();
    List<String> sayers =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages(here).stream()
                .filter(each -> each.getPackageName().equals(here))
                .filter(SecrecyContract::hasWords)
                .map(JavaClass::getName)
                .toList();
    assertThat(tried.stream().map(Class::getName)).containsAll(sayers);
  }

  private static boolean hasWords(JavaClass type) {
    return !type.isEnum() && type.tryGetMethod("toString").isPresent();
  }
}
