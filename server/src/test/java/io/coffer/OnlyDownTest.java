package io.coffer;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.coffer.audit.AuditJson;
import io.coffer.audit.Chains;
import io.coffer.audit.Inspection;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URL;
import java.time.Clock;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The shape of this module, as the story of package {@code io.coffer} tells it. */
final class OnlyDownTest {
  private static final List<String> ORDER =
      List.of("api", "audit", "auth", "core", "crypto", "engine");

  private static final URL HERE = Bytes.class.getProtectionDomain().getCodeSource().getLocation();

  /** What was compiled here, and nothing that it was compiled against. */
  private static final JavaClasses CLASSES = new ClassFileImporter().importUrl(HERE);

  private static final DescribedPredicate<JavaClass> OURS = resideInAPackage("io.coffer..");
  private static final DescribedPredicate<JavaClass> SERVER =
      resideInAPackage("io.coffer.server..");
  private static final DescribedPredicate<JavaClass> CODECS =
      resideInAPackage("io.coffer..")
          .and(
              DescribedPredicate.describe(
                  "codecs", type -> outermost(type).getSimpleName().endsWith("Codec")));

  private static void check(ArchRule rule) {
    rule.check(CLASSES);
  }

  /** Ours, of those compiled here. */
  private static Stream<String> packages() {
    return CLASSES.stream().filter(OURS).map(JavaClass::getPackageName).distinct();
  }

  private static JavaClass outermost(JavaClass type) {
    return type.getEnclosingClass().map(OnlyDownTest::outermost).orElse(type);
  }

  @Test
  void theFolderIsListedInTheOrderOfTheStory() {
    assertThat(ORDER).isSorted();
  }

  @Test
  void everyPackageIsInTheStory() {
    List<String> found =
        packages()
            .map(name -> name.split("\\.", -1))
            .filter(parts -> parts.length > 2)
            .map(parts -> parts[2])
            .filter(name -> !name.equals("server"))
            .distinct()
            .sorted()
            .toList();
    assertThat(found).isEqualTo(ORDER);
  }

  @Test
  void importsPointDownTheList() {
    for (int here = 1; here < ORDER.size(); here++) {
      String[] above =
          ORDER.subList(0, here).stream().map("io.coffer.%s.."::formatted).toArray(String[]::new);
      check(
          noClasses()
              .that()
              .resideInAPackage("io.coffer.%s..".formatted(ORDER.get(here)))
              .should()
              .dependOnClassesThat()
              .resideInAnyPackage(above));
    }
  }

  @Test
  void nobodyImportsServer() {
    check(noClasses().that(not(SERVER)).should().dependOnClassesThat(SERVER));
  }

  @Test
  void theVocabularyImportsNothingOfOurs() {
    check(
        noClasses()
            .that()
            .resideInAPackage("io.coffer")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.coffer.(*)..", "coffer.stored.."));
  }

  @Test
  void aPackageDoesNotImportItsOwnSubpackages() {
    check(
        noClasses()
            .that(OURS)
            .should(
                new ArchCondition<>("depend on a subpackage of their own") {
                  @Override
                  public void check(JavaClass from, ConditionEvents events) {
                    String below = from.getPackageName() + ".";
                    for (Dependency dependency : from.getDirectDependenciesFromSelf()) {
                      if (dependency.getTargetClass().getPackageName().startsWith(below)) {
                        events.add(
                            SimpleConditionEvent.satisfied(
                                dependency, dependency.getDescription()));
                      }
                    }
                  }
                }));
  }

  @Test
  void packagesDoNotCircle() {
    check(slices().matching("io.coffer.(**)").should().beFreeOfCycles());
  }

  @Test
  void theWireStopsAtTheDoors() {
    check(
        noClasses()
            .that(OURS.and(not(resideInAnyPackage("io.coffer.api..", "io.coffer.server.."))))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.coffer.wire..", "yandex..", "io.grpc..", "com.linecorp.."));
  }

  @Test
  void onlyDoorsAndCodecsSpeakProtobuf() {
    check(
        noClasses()
            .that(
                OURS.and(not(resideInAnyPackage("io.coffer.api..", "io.coffer.server..")))
                    .and(not(CODECS))
                    // They print and count what its codec read, and lists of it are protobuf's.
                    .and(not(belongToAnyOf(AuditJson.class, Inspection.class))))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.google.protobuf.."));
  }

  @Test
  void onlyCodecsKnowTheFormOfRows() {
    DescribedPredicate<JavaClass> sealing =
        DescribedPredicate.describe(
            "what seals payloads",
            type -> outermost(type).getName().equals("io.coffer.core.secret.PayloadSealing"));
    check(
        noClasses()
            .that(
                OURS.and(not(CODECS))
                    // The trail is read as it is stored: its form is what auditors are given.
                    .and(not(belongToAnyOf(AuditJson.class, Inspection.class, Chains.class)))
                    .and(not(resideInAPackage("io.coffer.server")))
                    // Seals entry by entry, so it holds rows whose entries are half done.
                    .and(not(sealing)))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("coffer.stored.."));
  }

  @Test
  void cryptographyIsInCryptoAndAuth() {
    check(
        noClasses()
            .that(
                OURS.and(
                    not(
                        resideInAnyPackage(
                            "io.coffer.crypto..", "io.coffer.auth..", "io.coffer.server.."))))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("javax.crypto..", "java.security.."));
  }

  @Test
  void filesAreForEnginesSealsAndTheServer() {
    DescribedPredicate<JavaClass> allowed =
        resideInAnyPackage("io.coffer.engine.*..", "io.coffer.crypto.seal..", "io.coffer.server..");
    // What libraries throw at those who write to memory only.
    DescribedPredicate<JavaClass> thrown =
        belongToAnyOf(IOException.class, UncheckedIOException.class);
    DescribedPredicate<JavaClass> inMemory =
        belongToAnyOf(
            java.io.Reader.class,
            java.io.StringReader.class,
            StringWriter.class,
            Writer.class,
            java.io.ByteArrayOutputStream.class,
            java.io.OutputStream.class,
            java.io.Serializable.class);
    check(
        noClasses()
            .that(OURS.and(not(allowed)))
            .should()
            .dependOnClassesThat(
                resideInAnyPackage("java.io..", "java.nio.file..", "java.nio.channels..")
                    .and(not(thrown))
                    .and(not(inMemory))));
  }

  @Test
  void timeAndChanceAreGiven() {
    ArchRule clocks =
        noClasses()
            .that(OURS.and(not(SERVER)))
            .should()
            .callMethodWhere(
                target(owner(resideInAPackage("java.time..")))
                    .and(target(nameMatching("now")))
                    .as("java.time's now()"))
            .orShould()
            .callMethodWhere(
                target(owner(belongToAnyOf(Clock.class, InstantSource.class)))
                    .and(target(nameMatching("system.*|tick.*")))
                    .as("a clock of the system's"))
            .orShould()
            .callMethodWhere(
                target(owner(belongToAnyOf(System.class)))
                    .and(target(nameMatching("currentTimeMillis|nanoTime"))))
            .orShould()
            .callConstructor(java.util.Date.class);
    ArchRule chance =
        noClasses()
            // One class hands a given chance to libraries that ask for the platform's.
            .that(OURS.and(not(SERVER)).and(not(simpleNameEndingWith("EntropyRandom"))))
            .should()
            .dependOnClassesThat(
                belongToAnyOf(Random.class, ThreadLocalRandom.class)
                    .or(resideInAPackage("java.util.random.."))
                    .or(simpleNameEndingWith("SecureRandom")))
            .orShould()
            .callMethod(Math.class, "random")
            .orShould()
            .callMethod(java.util.UUID.class, "randomUUID");
    check(clocks);
    check(chance);
  }

  @Test
  void threadsAreGiven() {
    check(
        noClasses()
            .that(OURS.and(not(SERVER)))
            .should()
            .callMethodWhere(
                target(owner(belongToAnyOf(Thread.class)))
                    .and(target(nameMatching("sleep|ofPlatform|ofVirtual|startVirtualThread"))))
            .orShould()
            .callConstructorWhere(
                DescribedPredicate.describe(
                    "of a thread", call -> call.getTargetOwner().isAssignableTo(Thread.class)))
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Executors.class));
  }

  @Test
  void everyPackageIsNullMarked() {
    List<String> unmarked =
        packages()
            .filter(name -> !CLASSES.getPackage(name).isAnnotatedWith(NullMarked.class))
            .toList();
    assertThat(unmarked).isEmpty();
  }

  @Test
  void noFieldIsPublicAndMutable() {
    check(
        fields()
            .that()
            .areDeclaredInClassesThat(OURS)
            .and()
            .arePublic()
            .should()
            .beFinal()
            .andShould(
                new ArchCondition<>("be no arrays") {
                  @Override
                  public void check(
                      com.tngtech.archunit.core.domain.JavaField field, ConditionEvents events) {
                    boolean array = field.getRawType().isArray();
                    events.add(
                        new SimpleConditionEvent(field, !array, field.getFullName() + " is one"));
                  }
                }));
  }
}
