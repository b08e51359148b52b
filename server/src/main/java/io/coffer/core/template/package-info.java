/**
 * Expands templates in secrets as engines do: Go's {@code text/template}, with the fields and
 * functions a swarm gives them, and Go's words for what is wrong. It is pure: text, context and
 * sources go in, bytes come out.
 *
 * <p>Start at {@link io.coffer.core.template.Expansion}, which names every limit. {@code Lexer} and
 * {@code Parser} make {@code Node}s, {@code Evaluator} walks them, {@code Functions} are what can
 * be called and {@code Printer} is Go's {@code fmt}.
 *
 * <p><b>What is secret.</b> The template, what sources give and what comes out. Texts, constants
 * and values are byte arrays of one {@code Memory}, wiped when an expansion ends, however it ends.
 * Names in actions (of fields, functions, variables, templates) and the target that {@code secret}
 * is asked for are Java strings.
 *
 * <p><b>What an error says.</b> Go's errors quote the action that failed, constants and all, and
 * some quote a value. {@link io.coffer.core.template.TemplateException#text} does so too, cut to a
 * length: it may go to whoever asked for the value, and nowhere else. The exception's own message
 * says nothing, so that logging it tells nothing.
 */
@NullMarked
package io.coffer.core.template;

import org.jspecify.annotations.NullMarked;
