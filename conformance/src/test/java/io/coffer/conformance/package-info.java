/**
 * Coffer from outside: the product is started as a user starts it, spoken to as its clients speak,
 * and judged by what comes back. Nothing here sees a class of the product but the messages of the
 * published APIs, which {@code wire} makes of their files.
 *
 * <p>{@link io.coffer.conformance.CofferProcess} is the product in a process of its own. {@code
 * docker} and {@code lockbox} each read a corpus of cases in a notation of their own, and what the
 * two share is in {@code cases}; {@code cli} runs the {@code docker} command.
 */
@NullMarked
package io.coffer.conformance;

import org.jspecify.annotations.NullMarked;
