package io.coffer.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test of one parameter, a {@code long}, run once with each seed from 0. A failure names its
 * seed; {@code -Dseed=N} runs that one alone, {@code -Dseeds=N} as many as it says.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@TestTemplate
@ExtendWith(SeedsExtension.class)
public @interface Seeds {
  /** How many. */
  int value() default 200;
}
