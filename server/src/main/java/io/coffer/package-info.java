/**
 * Coffer keeps secrets. Read the packages in the order the folder lists them and you have followed
 * one request from the socket to the disk:
 *
 * <ol>
 *   <li>{@code api}: bytes become a command (Docker, Lockbox, IAM).
 *   <li>{@code audit}: the call is written down, whatever its outcome.
 *   <li>{@code auth}: a credential becomes a caller.
 *   <li>{@code core}: the nouns and the verbs; permission is checked here, inside the transaction.
 *   <li>{@code crypto}: every value is sealed to the key it is stored under.
 *   <li>{@code engine}: ordered, transactional key-value storage.
 *   <li>{@code server}: the one package that knows them all and wires them together.
 * </ol>
 *
 * <p>A package may import only packages below it in this list, and the vocabulary in this one.
 * {@code OnlyDownTest} holds that rule.
 */
@NullMarked
package io.coffer;

import org.jspecify.annotations.NullMarked;
